import { createRoot } from 'react-dom/client';
import { joinSharedStore, loadEngine } from 'isthmus';
import { recordActivity } from './activity/activity';
import { watchLog } from './activity/log-view';
import { App } from './components/app';
import { exposeDemoHandle } from './demo-handle';
import { mountRemote } from './remotes/remote-slots';
import { auth } from './state/auth';
import { listenForActs } from './state/concurrent';
import { keepLog } from './state/kept';
import { observerMiddleware } from './state/observers';
import { session, startSession } from './state/session';
import { tenant } from './state/tenant';
import './styles/index.css';

async function start(): Promise<void> {
  await loadEngine();
  const { store } = joinSharedStore({
    app: 'host',
    slices: [auth, session, tenant],
    middleware: [observerMiddleware],
  });
  keepLog(store);
  void startSession(store, startTime());
  recordActivity(store);
  watchLog(store);
  listenForActs(store);
  exposeDemoHandle(store);
  createRoot(document.getElementById('root') as HTMLElement).render(<App onReady={mountRemotes} />);
}

function mountRemotes(): void {
  void mountRemote('cart');
  void mountRemote('profile');
}

/** How slowly the session starts: `?restore=ms`, for looking at what waits for it. */
function startTime(): number {
  const wanted = new URLSearchParams(location.search).get('restore');
  return wanted === null ? 800 : Math.max(0, Number(wanted) || 0);
}

void start();
