// Every hook of isthmus/react beside react-redux's, under whichever React the build finds.

import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { Provider, useDispatch, useSelector } from 'react-redux';
import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc } from 'isthmus/program';
import {
  SharedStoreProvider,
  useReady,
  useSharedDispatch,
  useSharedSelector,
  useSharedStore,
  useSharedValue,
  useSlice,
} from 'isthmus/react';

const { createElement: h, useState } = React;
const slice = (name) =>
  defineSlice({ name, initialState: { count: 0 }, reducers: { add: [inc('/count')] } });
const cart = slice('cart');
const visit = slice('visit');

function Counts() {
  const shared = useSharedValue(['cart', 'count']);
  const selected = useSharedSelector(({ cart }) => cart.count);
  const redux = useSelector(({ cart }) => cart.count);
  return h('p', { id: 'counts' }, [shared, selected, redux].join(' '));
}

function Buttons() {
  const [shared, redux] = [useSharedDispatch(), useDispatch()];
  const add = (id, dispatch) =>
    h('button', { id, onClick: () => dispatch(cart.actions.add()) }, id);
  const inTransition = (action) => React.startTransition(() => void shared(action));
  return [add('shared', shared), add('redux', redux), add('transition', inTransition)].map(
    (button) => h(React.Fragment, { key: button.props.id }, button),
  );
}

/** Brings a slice of its own while it is mounted. */
function Visit() {
  useSlice(visit);
  return h('i', { id: 'visit' }, String(useSharedValue(['visit', 'count']) ?? 'none'));
}

function User() {
  useReady('user', { suspend: true });
  return h('b', { id: 'user' }, useSharedValue(['user']));
}

function App() {
  const [visits, setVisits] = useState(true);
  return [
    h(Counts, { key: 'counts' }),
    h(Buttons, { key: 'buttons' }),
    h('button', { key: 'toggle', id: 'toggle', onClick: () => setVisits(!visits) }, 'toggle'),
    visits && h(Visit, { key: 'visit' }),
    h(React.Suspense, { key: 'user', fallback: h('b', { id: 'user' }, '...') }, h(User)),
    h('u', { key: 'ready', id: 'ready' }, `${useReady('user')} ${useSharedStore().name}`),
  ];
}

const errors = [];
const realError = console.error;
console.error = (...args) => (errors.push(args.map(String).join(' ')), realError(...args));

await loadEngine();
const membership = joinSharedStore({
  app: 'host',
  slices: [cart, { key: 'user', reducer: (state = 'nobody') => state }],
});
const { store } = membership;
store.markLoading('user');
const root = createRoot(document.getElementById('root'));
const app = h(SharedStoreProvider, { membership }, h(Provider, { store }, h(App)));
root.render(h(React.StrictMode, null, app));

globalThis.page = { store, root, errors, visit, version: React.version, hasUse: 'use' in React };
