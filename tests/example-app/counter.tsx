import { connect, type ConnectedProps } from 'react-redux';
import {
  decremented,
  incremented,
  incrementedBy,
  incrementLater,
  selectCount,
  selectStatus,
} from './counter-slice.js';
import { useAppDispatch, useAppSelector } from './hooks.js';
import type { RootState } from './store-redux.js';

export function Counter() {
  const count = useAppSelector(selectCount);
  const status = useAppSelector(selectStatus);
  const dispatch = useAppDispatch();
  return (
    <section>
      <output aria-label="Count">{count}</output>
      <button onClick={() => dispatch(incremented())}>Add one</button>
      <button onClick={() => dispatch(decremented())}>Take one</button>
      <button onClick={() => dispatch(incrementedBy(5))}>Add five</button>
      <button onClick={() => dispatch(incrementLater(10))}>Add ten later</button>
      <button
        onClick={() =>
          dispatch((thunkDispatch, getState) => {
            if (selectCount(getState()) % 2 === 1) thunkDispatch(incremented());
          })
        }
      >
        Add one if odd
      </button>
      {status === 'waiting' && <p>Waiting</p>}
    </section>
  );
}

const connected = connect((state: RootState) => ({ isEven: selectCount(state) % 2 === 0 }));

/** Written before hooks were. */
export const Parity = connected(({ isEven }: ConnectedProps<typeof connected>) => (
  <p>{isEven ? 'even' : 'odd'}</p>
));
