import { isthmusEnhancer, isthmusMiddleware } from 'isthmus/redux';
import { applyMiddleware, combineReducers, compose, createStore, type AnyAction } from 'redux';

const theme = (state: string = 'light', action: AnyAction) =>
  action.type === 'theme/dark' ? 'dark' : state;
export const store = createStore(
  combineReducers({ theme }),
  compose(isthmusEnhancer({ app: 'host' }), applyMiddleware(isthmusMiddleware)) as never,
);
