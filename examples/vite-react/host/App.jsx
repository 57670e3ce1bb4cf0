import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { joinSharedStore, loadEngine } from 'isthmus';
import { useReady, useSharedValue } from 'isthmus/react';

const Counter = lazy(() => import('counter/Counter'));

function App() {
  const isReady = useReady('counter'); // the remote brings it
  const count = useSharedValue(['counter', 'count']);
  return (
    <main>
      <h1>Host: {isReady ? count : '...'}</h1>
      <Suspense fallback="...">
        <Counter />
      </Suspense>
    </main>
  );
}

await loadEngine();
joinSharedStore({ app: 'host' });
createRoot(document.body.appendChild(document.createElement('div'))).render(<App />);
