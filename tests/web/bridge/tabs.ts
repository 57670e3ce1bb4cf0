import {
  createIsolatedStore,
  crossApp,
  defineSlice,
  type BridgeOptions,
  type Contract,
  type Crossing,
  type Drop,
  type IsolatedStore,
  type Middleware,
} from 'isthmus';
import { payload, push } from 'isthmus/program';
import { createTestHub, type TestHub } from 'isthmus/testing';

/** A slice that keeps every text it was told, under a contract that asks for texts. */
export const log = defineSlice({
  name: 'log',
  initialState: [] as string[],
  reducers: { add: [push('', payload())] },
  contract: { 'log/add': { payload: { type: 'string' } } },
});
export const { add } = log.actions;
export const addEverywhere = (text: unknown) => crossApp(add(text as string));

/** One tab's store, and what its bridge told. */
export interface Tab {
  readonly store: IsolatedStore;
  readonly drops: Drop[];
  readonly crossings: Crossing[];
  readonly entries: () => unknown;
}

export interface TabOptions extends BridgeOptions {
  readonly name?: string;
  readonly middleware?: readonly Middleware[];
  readonly contract?: Record<string, Contract>;
}

/** A tab with one store that holds `log`. */
export function openTab(hub: TestHub, options: TabOptions = {}): Tab {
  const { name = 'shared', middleware, contract, ...bridge } = options;
  const drops: Drop[] = [];
  const crossings: Crossing[] = [];
  const store = createIsolatedStore({
    name,
    slices: [log],
    ...(middleware && { middleware }),
    ...(contract && { contract }),
    bridge: { transport: hub.connect(), onDrop: (drop) => drops.push(drop), ...bridge },
  });
  store.bridge.onCross((crossing) => crossings.push(crossing));
  return { store, drops, crossings, entries: () => store.read(['log']) };
}

/** What a stranger may post on a channel, whatever it is. */
export function openStranger(hub: TestHub, channel = 'isthmus') {
  const transport = hub.connect()(channel);
  return {
    post(message: unknown): void {
      transport.post(message);
      hub.flush();
    },
  };
}

let numbers = 0;

/** A message as another store would post it, with some fields changed. */
export function envelope(action: object = {}, fields: object = {}): object {
  return {
    isthmus: 1,
    sender: 'somebody-else',
    from: 'shared',
    seq: ++numbers,
    clock: Date.now(),
    schemaVersion: 1,
    action: { type: 'log/add', payload: 'hello', meta: { crossApp: true }, ...action },
    ...fields,
  };
}

export { createTestHub };
