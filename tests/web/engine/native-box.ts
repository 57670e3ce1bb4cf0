import { createIsolatedStore, defineSlice, type IsolatedStore } from 'isthmus';
import { payload, set } from 'isthmus/program';

const box = defineSlice({
  name: 'box',
  initialState: null as unknown,
  reducers: { put: [set('', payload())] },
});

/** A store whose one native slice holds what it was given last. */
export class NativeBox {
  readonly store: IsolatedStore = createIsolatedStore({ name: 'box', slices: [box] });

  /** The state after a payload was written to it. */
  put(payload: unknown, meta?: Record<string, unknown>): unknown {
    this.store.dispatch({ ...box.actions.put(payload), ...(meta && { meta }) });
    return this.get();
  }

  get(): unknown {
    return this.store.read(['box']);
  }
}
