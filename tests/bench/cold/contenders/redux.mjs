import { createStore } from 'redux';
import { subscribed } from '../../changing.mjs';

/** A reducer by hand. */
export function open() {
  const store = createStore(counter);
  return subscribed(
    store,
    () => store.dispatch({ type: 'counter/add' }),
    ({ value }) => value,
  );
}

const counter = (state = { value: 0 }, { type }) =>
  type === 'counter/add' ? { ...state, value: state.value + 1 } : state;
