// What a dropped message costs, for each reason: the login as a message that has only this one fault. Its
// listener is told, and every figure is one of its own: no reason is measured against another.

import { createIsolatedStore, defineSlice } from 'isthmus';
import { inc, payload, set } from 'isthmus/program';
import { envelope, messages, openChannel } from '../messages.mjs';

export const name = 'drops';
export const title = 'Drop a message of about n bytes, by reason';
export const sizes = [100];

export function contenders(size) {
  return Object.fromEntries(
    Object.entries(faults).map(([reason, fault]) => [reason, dropping(reason, fault, size)]),
  );
}

const MESSAGES = 512;
const TYPE = 'session/replace';
const NEWEST = Date.now() + 30_000;

const login = (turn, size) => messages[size].payloadOf(turn);
const sent = (change) => (payload) => envelope({ type: TYPE, payload }, change);
const sentAs = (type, change) => (payload) => envelope({ type, payload }, change);
const holding = (part) => (payload) => envelope({ type: TYPE, payload: { ...payload, ...part } });
const wrongShape = holding({ tenant: 1 });

/**
 * By reason what is wrong: `of` makes the message of a payload and of the round's number; `before` is what
 * the store, whose bridge has these `limits`, is sent ahead of them; `enabled` is whether it is switched on.
 */
const faults = {
  undecodable: { of: holding({ tenant: new Date(0) }) },
  'too-large': { of: holding({ tenant: 'x'.repeat(2000) }), limits: { bytes: 1024 } },
  protocol: { of: sent({ isthmus: 2 }) },
  echo: { of: (payload) => bridged(payload) },
  duplicate: { of: sent({ seq: 0 }), before: [sent({ seq: 0 })] },
  off: { of: sent(), enabled: false },
  type: { of: sentAs('nobody/listens') },
  sender: { of: sentAs('session/elsewhere') },
  version: { of: sent({ schemaVersion: 2 }) },
  schema: { of: wrongShape },
  secret: { of: holding({ tenant: 'Bearer abc12345' }) },
  stale: { of: sentAs('session/latest', { clock: 1 }), before: [newest('session/latest')] },
  clock: { of: sent({ clock: Date.now() + 3_600_000 }) },
  reducer: { of: sentAs('session/refused') },
  limited: { of: ofNewcomer, before: [ofNewcomer], limits: { rejects: 1 } },
};

/** A sender that was limited before is let in again after a second, which might end meanwhile. */
function ofNewcomer(payload, round) {
  return { ...wrongShape(payload), sender: `newcomer-${round}` };
}

function bridged(payload) {
  const { action, ...rest } = envelope({ type: TYPE, payload });
  return { ...rest, action: { ...action, meta: { crossApp: true, origin: '__bridged__' } } };
}

function newest(type) {
  return (payload) => envelope({ type, payload }, { clock: NEWEST });
}

function dropping(reason, { of, before = [], enabled = true, limits }, size) {
  const channel = openChannel();
  const store = openStore(channel, { rejects: 1_000_000, ...limits }, messages[size].jsonSchema);
  let round = 0;
  const message = (make, turn) => structuredClone(make(login(turn, size), round));
  const countOf = () => {
    const { limited, dropped } = store.bridge.counters();
    return reason === 'limited' ? limited : (dropped[reason] ?? 0);
  };
  let count = 0;
  return {
    pieces: MESSAGES,
    prepare() {
      round += 1;
      const fresh = Array.from({ length: MESSAGES }, (_, turn) => message(of, turn));
      globalThis.gc?.(); // moving them would be part of the time
      store.bridge.setEnabled(true);
      for (const make of before) channel.deliver(message(make, 0));
      store.bridge.setEnabled(enabled);
      count = countOf();
      return fresh;
    },
    work(fresh) {
      for (const each of fresh) channel.deliver(each);
      return fresh.length;
    },
    discard() {
      const dropped = countOf() - count;
      if (dropped === MESSAGES) return;
      throw new Error(`Of ${MESSAGES} messages only ${dropped} were dropped as '${reason}'.`);
    },
  };
}

function openStore(channel, limits, jsonSchema) {
  const session = defineSlice({
    name: 'session',
    initialState: { current: null },
    reducers: { replace: [set('/current', payload())], refused: [inc('/current')] },
    contract: {
      [TYPE]: { payload: jsonSchema },
      'session/refused': { payload: jsonSchema },
    },
  });
  // Types that no slice handles.
  const contract = {
    'session/latest': { payload: jsonSchema, lastWins: true },
    'session/elsewhere': { payload: jsonSchema, to: ['nobody'] },
  };
  let told = 0;
  const bridge = { transport: channel.transport, limits, onDrop: () => (told += 1) };
  return createIsolatedStore({ name: 'bench', slices: [session], contract, bridge });
}
