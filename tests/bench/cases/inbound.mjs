// From a message's data in hand to applied state: it is checked, its payload becomes the slice's state, and
// the value in it that every message changes is read back.

import { createSlice } from '@reduxjs/toolkit';
import Ajv2020 from 'ajv/dist/2020.js';
import { createIsolatedStore, defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';
import { envelope, messages, openChannel } from '../messages.mjs';
import { rtkStore } from '../stores.mjs';

export const name = 'inbound';
export const title = 'Check a message of about n bytes and apply it';
export const sizes = [100, 9000];

export function contenders(size) {
  const kind = messages[size];
  const contender = (receive, messageOf) => receiving(kind, MESSAGES[size], receive, messageOf);
  return {
    isthmus: contender(isthmus(kind), bytesOfPeer(kind)),
    'isthmus, object': contender(isthmus(kind), plainMessage),
    'zod + rtk': contender(rtk(kind, parsedByZod(kind)), plainMessage),
    'ajv + rtk': contender(rtk(kind, validatedByAjv(kind)), plainMessage),
  };
}

/** So many are prepared at once. */
const MESSAGES = { 100: 2048, 9000: 128 };

/** So many a store of Isthmus applies in a task however long they take; later ones may have to wait. */
const AT_ONCE = 16;

/** What a channel hands over: a structured clone of what its sender has posted. */
const plainMessage = (action) => structuredClone(envelope(action));

/** `messageOf` makes the messages, of which each is received once; they may as well hold bytes. */
function receiving({ payloadOf }, pieces, receive, messageOf) {
  let turn = 0;
  const nextMessage = () => {
    turn += 1;
    return messageOf({ type: 'session/replace', payload: payloadOf(turn) });
  };
  return {
    pieces,
    prepare() {
      const fresh = Array.from({ length: pieces }, nextMessage);
      globalThis.gc?.(); // moving them would be part of the time
      return fresh;
    },
    async work(fresh) {
      let seen;
      for (let i = 0; i < pieces; i++) {
        if (i % AT_ONCE === 0) await undefined;
        seen = receive(fresh[i]);
      }
      return seen;
    },
    discard: () => undefined,
  };
}

function openStore({ jsonSchema }) {
  const session = defineSlice({
    name: 'session',
    initialState: { current: null },
    reducers: { replace: [set('/current', payload())] },
    contract: { 'session/replace': { payload: jsonSchema } },
  });
  const channel = openChannel();
  const bridge = { transport: channel.transport };
  const store = createIsolatedStore({ name: 'bench', slices: [session], bridge });
  return { store, channel };
}

/** What a peer posts that has heard that bytes are read. */
function bytesOfPeer(kind) {
  const { store, channel } = openStore(kind);
  channel.deliver(new Uint8Array());
  return (action) => {
    store.dispatch({ ...action, meta: { crossApp: true } });
    return channel.posted;
  };
}

function isthmus(kind) {
  const { path } = kind;
  const { store, channel } = openStore(kind);
  const applied = ['session', 'current', ...path];
  return (message) => {
    channel.deliver(message);
    return store.read(applied);
  };
}

function rtk({ path }, check) {
  const session = createSlice({
    name: 'session',
    initialState: { current: null },
    reducers: { replace: (state, { payload }) => void (state.current = payload) },
  });
  const store = rtkStore({ session: session.reducer });
  return ({ action }) => {
    store.dispatch(session.actions.replace(check(action.payload)));
    let value = store.getState().session.current;
    for (const key of path) value = value[key];
    return value;
  };
}

const parsedByZod =
  ({ zodSchema }) =>
  (payload) =>
    zodSchema.parse(payload);

function validatedByAjv({ jsonSchema }) {
  const validate = new Ajv2020().compile(jsonSchema);
  return (payload) => {
    if (!validate(payload)) throw new Error('The payload is not valid.');
    return payload;
  };
}
