import { defineSlice } from 'isthmus';
import {
  add,
  and,
  eq,
  inc,
  insert,
  item,
  literal,
  merge,
  meta,
  not,
  object,
  or,
  payload,
  push,
  remove,
  removeWhere,
  reset,
  set,
  state,
  unset,
  updateWhere,
  upsert,
  when,
  type Step,
} from 'isthmus/program';
import { describe, expectTypeOf, it } from 'vitest';

interface Item {
  sku: string;
  qty: number;
  note?: string;
}

interface State {
  items: Item[];
  status: 'idle' | 'busy';
  name: string;
  stock: Record<string, number>;
  user: { id: string; email: string | null } | null;
  done: boolean;
}

const initialState: State = {
  items: [],
  status: 'idle',
  name: '',
  stock: {},
  user: null,
  done: false,
};

const { actions } = defineSlice({
  name: 'cart',
  initialState,
  reducers: {
    addItem: [
      upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', payload('qty'))] }),
    ],
    rename: [set(['items', payload('index'), 'sku'], payload('name'))],
    addNote: [push('/items', object({ sku: payload('sku'), qty: 1, note: payload('text') }))],
    setStatus: [set('/status', payload())],
    setDone: [set('/done', payload('done'))],
    restock: [set(['stock', payload('sku')], payload('qty')), inc(['stock', payload('sku')])],
    put: [set([payload('key')], payload('value'))],
    patch: [merge('/items/0', payload())],
    restockAll: [merge('/stock', payload())],
    insertFirst: [insert('/items/0', payload())],
    removeAt: [remove(['items', payload()])],
    forget: [unset(['stock', payload('sku')])],
    dropItem: [removeWhere('/items', eq(item('sku'), payload()))],
    setQty: [updateWhere('/items', eq(item('sku'), payload('sku')), [set('/qty', payload('qty'))])],
    greet: [set('/name', or(payload('name'), 'anonymous'))],
    choose: [set('/name', and(payload('isNew'), payload('name')))],
    addUp: [inc('/items/0/qty', add(state('stock.a'), payload('by')))],
    mail: [when(eq(state('user.email'), payload('email')), [set('/done', true)])],
    filter: [removeWhere('/items', eq(item('sku'), 'a')), when(eq(payload('kind'), 'x'), [])],
    login: [
      set('/user', object({ id: payload('user.id'), email: null })),
      when(
        payload('token'),
        [set('/name', payload('token')), set('/status', 'busy')],
        [set('/name', '')],
      ),
    ],
    either: [
      when(
        eq(payload('kind'), 'name'),
        [set('/name', payload('value'))],
        [inc('/stock/a', payload('value')), set('/done', payload('flag'))],
      ),
    ],
    stated: [set('/name', payload<string>()), when(not(payload()), [])],
    statedInside: [when(payload<number, 'at'>('at'), [reset()])],
    nothing: [reset(), set('/name', meta('name')), set('/status', literal('idle'))],
  },
});

type Payload<Event extends keyof typeof actions> = Parameters<(typeof actions)[Event]>;

describe('a payload is inferred from', () => {
  it('the array that it is written to', () => {
    expectTypeOf<Payload<'addItem'>>().toEqualTypeOf<[payload: Item]>();
    expectTypeOf<Payload<'insertFirst'>>().toEqualTypeOf<[payload: Item]>();
  });

  it('the members of an object', () => {
    expectTypeOf<Payload<'addNote'>>().toEqualTypeOf<[payload: { sku: string; text: string }]>();
    expectTypeOf<Payload<'setDone'>>().toEqualTypeOf<[payload: { done: boolean }]>();
  });

  it('the value that it replaces', () => {
    expectTypeOf<Payload<'setStatus'>>().toEqualTypeOf<[payload: 'idle' | 'busy']>();
  });

  it('the path of which it is a token', () => {
    expectTypeOf<Payload<'rename'>>().toEqualTypeOf<[payload: { index: number; name: string }]>();
    expectTypeOf<Payload<'restock'>>().toEqualTypeOf<[payload: { sku: string; qty: number }]>();
    expectTypeOf<Payload<'removeAt'>>().toEqualTypeOf<[payload: number]>();
    expectTypeOf<Payload<'forget'>>().toEqualTypeOf<[payload: { sku: string }]>();
    expectTypeOf<Payload<'put'>>().toEqualTypeOf<
      [payload: { key: keyof State; value: State[keyof State] }]
    >();
  });

  it('the object that it is merged into', () => {
    expectTypeOf<Payload<'patch'>>().toEqualTypeOf<[payload: Partial<Item>]>();
    expectTypeOf<Payload<'restockAll'>>().toEqualTypeOf<[payload: Record<string, number>]>();
  });

  it('what it is compared with', () => {
    expectTypeOf<Payload<'dropItem'>>().toEqualTypeOf<[payload: string]>();
    expectTypeOf<Payload<'setQty'>>().toEqualTypeOf<[payload: { sku: string; qty: number }]>();
    expectTypeOf<Payload<'mail'>>().toEqualTypeOf<[payload: { email: string | null }]>();
    expectTypeOf<Payload<'filter'>>().toEqualTypeOf<[payload: { kind: string }]>();
  });

  it('the operators over it', () => {
    expectTypeOf<Payload<'greet'>>().toEqualTypeOf<[payload?: { name?: string }]>();
    expectTypeOf<Payload<'choose'>>().toEqualTypeOf<[payload: { name: string; isNew?: unknown }]>();
    expectTypeOf<Payload<'addUp'>>().toEqualTypeOf<[payload: { by: number }]>();
  });

  it('the branches in which it is used: what only one needs may be absent', () => {
    expectTypeOf<Payload<'login'>>().toEqualTypeOf<
      [payload: { user: { id: string }; token?: string }]
    >();
    expectTypeOf<Payload<'either'>>().toEqualTypeOf<
      [payload: { kind: string; value: string | number; flag?: boolean }]
    >();
  });

  it('what is stated of it', () => {
    expectTypeOf<Payload<'stated'>>().toEqualTypeOf<[payload: string]>();
    expectTypeOf<Payload<'statedInside'>>().toEqualTypeOf<[payload: { at: number }]>();
  });
});

describe('an action creator', () => {
  it('takes no argument when no step uses the payload', () => {
    expectTypeOf<Payload<'nothing'>>().toEqualTypeOf<[]>();
    // @ts-expect-error There is no payload.
    actions.nothing('x');
  });

  it('refuses a payload that its steps cannot use', () => {
    // @ts-expect-error qty is missing.
    actions.addItem({ sku: 'a' });
    // @ts-expect-error qty is a number.
    actions.addItem({ sku: 'a', qty: '1' });
    // @ts-expect-error There is no such status.
    actions.setStatus('gone');
    // @ts-expect-error The payload is missing.
    actions.setStatus();
    // @ts-expect-error The token is a text.
    actions.login({ user: { id: 'a' }, token: 5 });
    actions.login({ user: { id: 'a' } });
  });

  it('makes actions that tell their type and their payload', () => {
    expectTypeOf(actions.addItem.type).toEqualTypeOf<'cart/addItem'>();
    expectTypeOf(actions.addItem({ sku: 'a', qty: 1 }).payload).toEqualTypeOf<Item>();
    const action: unknown = actions.addNote({ sku: 'a', text: 'b' });
    if (actions.addNote.match(action)) expectTypeOf(action.payload.text).toEqualTypeOf<string>();
  });

  it('takes what prepare takes', () => {
    const { actions } = defineSlice({
      name: 'todos',
      initialState: [] as { text: string; done: boolean }[],
      reducers: { add: [push('', payload())], clear: [reset()] },
      prepare: {
        add: (text: string) => ({ payload: { text, done: false } }),
        clear: (reason: string) => ({ meta: { reason } }),
      },
    });
    expectTypeOf(actions.add).parameters.toEqualTypeOf<[text: string]>();
    expectTypeOf(actions.add('a').payload).toEqualTypeOf<{ text: string; done: boolean }>();
    expectTypeOf(actions.clear).parameters.toEqualTypeOf<[reason: string]>();
  });

  it('is refused when prepare makes another payload than the steps need', () => {
    defineSlice({
      name: 'todos',
      initialState: [] as { text: string; done: boolean }[],
      reducers: { add: [push('', payload())] },
      // @ts-expect-error done is missing.
      prepare: { add: (text: string) => ({ payload: { text } }) },
    });
  });
});

describe('a payload is unknown, and may be left out,', () => {
  it('where nothing is known of the state', () => {
    const { actions } = defineSlice({
      name: 'open',
      initialState: null as unknown,
      reducers: { put: [set('', payload())], inc: [inc('/a/b', payload('by'))] },
    });
    expectTypeOf(actions.put).parameters.toEqualTypeOf<[payload?: unknown]>();
    expectTypeOf(actions.inc).parameters.toEqualTypeOf<[payload: { by: number }]>();
  });

  it('where steps are canonical JSON, or not known', () => {
    const { actions } = defineSlice({
      name: 'raw',
      initialState,
      reducers: { go: [{ op: 'set', path: '/name', value: { var: 'payload' } }] },
    });
    expectTypeOf(actions.go).parameters.toEqualTypeOf<[payload?: unknown]>();
    const reducers: Record<string, Step[]> = {};
    const loose = defineSlice({ name: 'loose', initialState, reducers });
    expectTypeOf(loose.actions.any!).parameters.toEqualTypeOf<[payload?: unknown]>();
  });
});
