import { readFile } from 'node:fs/promises';
import { createIsolatedStore, defineSlice, inc, loadEngine } from 'isthmus';
import { expect, it, vi } from 'vitest';

const bytes = await readFile(new URL('../../dist/engine.wasm', import.meta.url));
const trap = new WebAssembly.RuntimeError('unreachable');
let trapping = false;

/** The engine's exports, which trap when told to: a trap in C++ would be a bug that nobody knows yet. */
async function instantiateGuarded(imports: WebAssembly.Imports) {
  const module = await WebAssembly.compile(bytes);
  const { exports } = new WebAssembly.Instance(module, imports);
  const guarded = Object.entries(exports).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value];
    const call = (...args: unknown[]): unknown => {
      if (trapping) throw trap;
      return value(...args);
    };
    return [name, call];
  });
  return { module, instance: { exports: Object.fromEntries(guarded) } };
}

it('after a trap the engine refuses every call, naming the first failure', async () => {
  const { instantiate } = WebAssembly;
  const load = vi.spyOn(WebAssembly, 'instantiate');
  load.mockImplementation(((source: BufferSource, imports: WebAssembly.Imports) =>
    source === bytes ? instantiateGuarded(imports) : instantiate(source, imports)) as never);
  await loadEngine(bytes);
  const slice = defineSlice({ name: 'n', initialState: 0, reducers: { add: [inc('')] } });
  const store = createIsolatedStore({ name: 'app', slices: [slice] });
  store.dispatch(slice.actions.add());
  expect(store.getState()).toEqual({ n: 1 });

  trapping = true;
  const dead = expect.objectContaining({ name: 'EngineError', code: 'engine-dead', cause: trap });
  expect(() => store.dispatch(slice.actions.add())).toThrow(dead);

  trapping = false;
  for (const call of [
    () => store.dispatch(slice.actions.add()),
    () => store.read(['n']),
    () => slice.reducer(undefined, slice.actions.add()),
    () => createIsolatedStore({ name: 'next' }),
  ]) {
    expect(call).toThrow(dead);
    expect(call).toThrow(/reload the page/);
  }
  expect(store.getState()).toEqual({ n: 1 });
});
