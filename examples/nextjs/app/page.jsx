import Counter from '../counter/Counter.jsx';
import { readCounter } from '../counter/read-counter.js';

export const dynamic = 'force-dynamic'; // read for each request, not once when it is built

/** A Server Component. Next.js builds the whole app: it can be a host of micro-frontends, but shares no packages. */
export default async function Page() {
  const state = await readCounter();
  return (
    <main>
      <p>Server: {state.counter.count}</p>
      <Counter serverState={state} />
    </main>
  );
}
