import { defineSlice } from '../program/define-slice.js';
import { inc } from '../program/steps.js';
import { createConnectedStore } from './connect-store.js';

const path = ['warmUp', 'count'];
const nobody = () => ({ post: nothing, onMessage: nothing, close: nothing });
function nothing(): void {}

/**
 * Does once, with a store that nobody sees, what the first dispatch would do: compilers begin with the first call of
 * each function, which takes longer than the next thousand dispatches.
 */
export function warmUp(): void {
  const slice = defineSlice({
    name: 'warmUp',
    initialState: { count: 0 },
    reducers: { byStep: [inc('/count')], byFunction: (draft) => void (draft.count += 1) },
  });
  const connected = createConnectedStore('warmUp', undefined, { transport: nobody });
  const { store } = connected.core;
  connected.core.acquire('warmUp', slice);
  store.watch(path, nothing);
  store.dispatch(slice.actions.byStep());
  store.dispatch(slice.actions.byFunction());
  store.read(path);
  connected.end();
}
