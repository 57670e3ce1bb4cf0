import Counter from '../counter/Counter.jsx';
import { readCounter } from '../counter/read-counter.js';

export async function getServerSideProps() {
  return { props: { state: await readCounter() } };
}

export default function Page({ state }) {
  return (
    <main>
      <p>Server: {state.counter.count}</p>
      <Counter serverState={state} />
    </main>
  );
}
