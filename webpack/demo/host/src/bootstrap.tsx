import { createRoot } from 'react-dom/client';
import { joinSharedStore, loadEngine } from 'isthmus';
import { recordActivity } from './activity/activity';
import { App } from './components/app';
import { exposeDemoHandle } from './demo-handle';
import { mountRemote } from './remotes/remote-slots';
import { auth } from './state/auth';
import { observerMiddleware } from './state/observers';
import { createSession } from './state/session';
import { tenant } from './state/tenant';
import './styles/index.css';

async function start(): Promise<void> {
  await loadEngine();
  const session = createSession(() => membership.store);
  const membership = joinSharedStore({
    app: 'host',
    slices: [auth, tenant],
    middleware: [observerMiddleware, session.middleware],
  });
  const { store } = membership;
  store.markLoading('auth');
  void session.restore(store, restoreTime());
  recordActivity(store);
  exposeDemoHandle(store);
  createRoot(document.getElementById('root') as HTMLElement).render(<App onReady={mountRemotes} />);
}

function mountRemotes(): void {
  void mountRemote('cart');
  void mountRemote('profile');
}

/** How slowly the session is restored: `?restore=ms`, for looking at what waits for it. */
function restoreTime(): number {
  const wanted = new URLSearchParams(location.search).get('restore');
  return wanted === null ? 800 : Math.max(0, Number(wanted) || 0);
}

void start();
