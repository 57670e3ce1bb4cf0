import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { joinSharedStore, loadEngine } from 'isthmus';
import { useSharedValue } from 'isthmus/react';
import { counter } from '../shared/counter.js';

const remotes = {
  React: () => import('react/mount'),
  Vue: () => import('vue/mount'),
  Svelte: () => import('svelte/mount'),
  Angular: () => import('angular/mount'),
};

/** What a remote shows, until it is taken off the page. */
function Remote({ load }) {
  const place = useRef(null);
  useEffect(() => {
    const element = place.current.appendChild(document.createElement('div'));
    const mounted = load().then(({ mount }) => mount(element));
    return () => void mounted.then((unmount) => unmount());
  }, [load]);
  return <section ref={place} />;
}

function App() {
  const count = useSharedValue(counter, (state) => state.count);
  return (
    <main>
      <h1>Host: {count}</h1>
      {Object.entries(remotes).map(([name, load]) => (
        <Remote key={name} load={load} />
      ))}
    </main>
  );
}

await loadEngine();
joinSharedStore({ app: 'host', slices: [counter] });
createRoot(document.body.appendChild(document.createElement('div'))).render(<App />);
