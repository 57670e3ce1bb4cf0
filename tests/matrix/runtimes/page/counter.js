import { crossApp, defineSlice, joinSharedStore } from 'isthmus';
import { inc } from 'isthmus/program';

const counter = defineSlice({
  name: 'counter',
  initialState: { count: 0 },
  reducers: { add: [inc('/count')] },
  contract: { 'counter/add': {} },
});

/** A button that counts, or what the engine was not loaded for. */
export async function show(loading) {
  const button = document.body.appendChild(document.createElement('button'));
  try {
    await loading;
    const { store } = joinSharedStore({ app: 'page', slices: [counter] });
    const showCount = () => (button.textContent = store.read(['counter', 'count']));
    store.subscribe(showCount);
    button.onclick = () => store.dispatch(crossApp(counter.actions.add()));
    showCount();
  } catch (error) {
    button.textContent = String(error);
  }
}
