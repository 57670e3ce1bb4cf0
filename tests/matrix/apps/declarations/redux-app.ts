import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { applyMiddleware, compose, legacy_createStore, type StoreEnhancer } from 'redux';

const count = (state = 0, { type }: { type: string }) => (type === 'a' ? state + 1 : state);
const enhancer: StoreEnhancer = compose(
  isthmusEnhancer({ app: 'host' }),
  applyMiddleware(isthmusMiddleware),
);

export const configuredStore = legacy_createStore(count, enhancer);
