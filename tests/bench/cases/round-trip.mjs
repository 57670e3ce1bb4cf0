// There and back between two tabs. One dispatches a marked login; the other one's store applies it, and a
// watcher there dispatches a marked answer, which the first one's store applies. The floor posts the same
// two actions on a bare BroadcastChannel.

import { createIsolatedStore, crossApp, defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';

export const name = 'round-trip';
export const title = 'Round trip between two tabs, a login of about 100 bytes and its answer';
export const runtimes = ['chromium'];
export const sizes = [1];

/** In the tab that asks. */
export function contenders() {
  return { isthmus: { exchange: askingStore() }, 'bare channel': { exchange: askingChannel() } };
}

/** In the other tab, before the first one asks: serves all contenders. */
export function partner() {
  answeringStore();
  answeringChannel();
}

const user = { id: 'user-4711', name: 'Ada Lovelace', email: 'ada@example.com' };
const text = { type: 'string', maxLength: 64 };
const contract = {
  payload: {
    type: 'object',
    required: ['user', 'turn'],
    properties: {
      user: {
        type: 'object',
        required: ['id', 'name', 'email'],
        properties: { id: text, name: text, email: text },
        additionalProperties: false,
      },
      turn: { type: 'integer', minimum: 1 },
    },
    additionalProperties: false,
  },
};

function openStore() {
  const session = defineSlice({
    name: 'session',
    initialState: { login: null, answer: null },
    reducers: { login: [set('/login', payload())], answer: [set('/answer', payload())] },
    contract: { 'session/login': contract, 'session/answer': contract },
  });
  return createIsolatedStore({
    name: 'shared',
    slices: [session],
    bridge: { channel: 'bench-store' },
  });
}

const action = (type, turn) => crossApp({ type, payload: { user: { ...user }, turn } });

function askingStore() {
  const store = openStore();
  let answered;
  store.watch(['session', 'answer'], () => answered(store.read(['session', 'answer', 'turn'])));
  return asking((turn, resolve) => {
    answered = resolve;
    store.dispatch(action('session/login', turn));
  });
}

function answeringStore() {
  const store = openStore();
  store.watch(['session', 'login'], () => {
    store.dispatch(action('session/answer', store.read(['session', 'login', 'turn'])));
  });
}

function askingChannel() {
  const channel = new globalThis.BroadcastChannel('bench-bare');
  return asking((turn, resolve) => {
    channel.onmessage = ({ data }) => resolve(data.payload.turn);
    channel.postMessage(action('session/login', turn));
  });
}

function answeringChannel() {
  const channel = new globalThis.BroadcastChannel('bench-bare');
  channel.onmessage = ({ data }) => {
    channel.postMessage(action('session/answer', data.payload.turn));
  };
}

/** Each call asks in a turn of its own and resolves with the turn that is answered. */
function asking(ask) {
  let turn = 0;
  return () => new Promise((resolve) => ask(++turn, resolve));
}
