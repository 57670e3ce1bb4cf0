import { createIsolatedStore, loadEngine } from 'isthmus';
import { memoryAdapter, persistSlice } from 'isthmus/storage';
import { expect, it } from 'vitest';

await loadEngine();

it('a state with members that are undefined is saved without them, as JSON would be', async () => {
  const snapshots = new Map<string, unknown>();
  const initial = { draft: undefined as string | undefined, tags: ['a', undefined], at: { x: 1 } };
  const reducer = (state = initial, { type }: { type: string }) =>
    type === 'form/change' ? { ...state, changed: true } : state;
  const store = createIsolatedStore({ name: 'app', reducers: { form: reducer } });
  const persistence = persistSlice({ store, slice: 'form', storage: memoryAdapter(snapshots) });
  await persistence.hydrated;
  store.dispatch({ type: 'form/change' });
  await persistence.stop();
  expect(snapshots.get('isthmus/app/form')).toMatchObject({
    state: { tags: ['a', null], at: { x: 1 }, changed: true },
  });
  expect(Object.keys((snapshots.get('isthmus/app/form') as { state: object }).state)).not.toContain(
    'draft',
  );
  store.dispose();
});
