import { expect, it } from 'vitest';
import { compile, diagnosticsOf } from '../../package/examples.js';

// Steps that must not compile, each with what the compiler has to say of it.
const refused: [step: string, says: string][] = [
  // Paths.
  [`set('/itms', [])`, `"no such path: /itms"`],
  [`set('itms', [])`, `"no such path: itms"`],
  [`set('/items/first/qty', 1)`, `"no such path: /items/first/qty"`],
  [`set('/name/length', 1)`, `"no such path: /name/length"`],
  [`set('/items/0/', 1)`, `"no such path: /items/0/"`],
  [`set(['items', payload('index'), 'nme'], '')`, `"no such path: /items/*/nme"`],
  [`set(['items', 'nme'], '')`, `"no such path: /items/nme"`],
  [`unset('/draft')`, `"no such path: /draft"`],
  [`remove(['items', 0, 'price'])`, `"no such path: /items/0/price"`],
  [`reset('/nme')`, `"no such path: /nme"`],
  [`insert('', payload())`, `"no such path: ''"`],
  [`set('/user/address/street', '')`, `"no such path: /user/address/street"`],

  // What stands at the path.
  [`inc('/name')`, `"inc needs a number: /name"`],
  [`inc('/empty')`, `"inc needs a number: /empty"`],
  [`push('/name', 'x')`, `"push needs an array: /name"`],
  [`push('', 'x')`, `"push needs an array: ''"`],
  [`insert('/user/name', 'x')`, `"insert needs an array: /user/name"`],
  [`upsert('/user', { by: 'name', value: payload() })`, `"upsert needs an array: /user"`],
  [`removeWhere('/name', eq(item(), 1))`, `"removeWhere needs an array: /name"`],
  [`updateWhere('/count', eq(item(), 1), [])`, `"updateWhere needs an array: /count"`],
  [`merge('/items', {})`, `"merge needs an object: /items"`],
  [`merge('/count', {})`, `"merge needs an object: /count"`],

  // Values.
  [`set('/status', 5)`, `{ error: "wrong value: /status"; takes: `],
  [`set('/status', 'gone')`, `"wrong value: /status"`],
  [`set('/name', null)`, `{ error: "wrong value: /name"; takes: string; given: null; }`],
  [`set('/name', undefined)`, `"wrong value: /name"`],
  [`set('/tags', ['a', 1])`, `"wrong value: /tags"`],
  [`set('', { name: 'x' })`, `"wrong value: ''"`],
  [`inc('/count', '1')`, `"wrong value: /count"`],
  [`push('/items', { sku: 'a' })`, `{ error: "wrong value: /items"; takes: Item;`],
  [`push('/tags', 1)`, `"wrong value: /tags"`],
  [`insert('/tags/0', 1)`, `"wrong value: /tags/0"`],
  [`upsert('/items', { by: 'sku', value: { sku: 'a' } })`, `"wrong value: /items"`],
  [`upsert('/items', { by: 'skuu', value: payload() })`, `"no such path: /items/*/skuu"`],
  [`merge('/user', { name: 1 })`, `"wrong value: /user"`],

  // Expressions.
  [`push('/items', object({ sku: 'a' }))`, `"wrong value: /items"`],
  [`push('/items', object({ sku: payload('sku'), qty: '1' }))`, `"wrong value: /items"`],
  [`push('/items', object({ sku: 'a', qty: 1, nte: '' }))`, `"no such path: /items/*/nte"`],
  [
    `set('/user', object({ name: 'a', address: object({ town: '' }) }))`,
    `"no such path: /user/address/town"`,
  ],
  [
    `set('/name', state('count'))`,
    `{ error: "wrong value: /name"; takes: string; given: number; }`,
  ],
  [`set('/name', state('nme'))`, `"no such path: state('nme')"`],
  [`set('/name', add(1, 2))`, `"wrong value: /name"`],
  [`set('/count', eq(1, 2))`, `"wrong value: /count"`],
  [`set('/count', or(payload(), 'none'))`, `"wrong value: /count"`],
  [`set('/count', literal('none'))`, `"wrong value: /count"`],
  [`set('/name', payload<number>())`, `"wrong value: /name"`],
  [`set('/tags', [payload()])`, `"wrong value: /tags"`],
  [`removeWhere('/items', eq(item('price'), 1))`, `"no such path: item('price')"`],

  // Steps in steps.
  [
    `upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qtty')] })`,
    `"no such path: /items/*/qtty"`,
  ],
  [
    `updateWhere('/items', eq(item('sku'), 'a'), [set('/qty', '1')])`,
    `{ error: "wrong value: /items/*/qty"; takes: number; given: "1"; }`,
  ],
  [`when(state('nme'), [])`, `"no such path: state('nme')"`],
  [`when(payload(), [set('/nme', '')], [inc('/name')])`, `"no such path: /nme" | "inc needs`],

  // Entity steps: the table, and how it is kept.
  [`entityTable('/product').setAll()`, `"no such path: /product"`],
  [`entityTable('').setAll()`, `"setAll needs an entity table: ''"`],
  [`entityTable('/user').addOne()`, `"addOne needs an entity table: /user"`],
  [`entityTable('/items').removeAll()`, `"removeAll needs an entity table: /items"`],
  [`entityTable('/listed').removeOne()`, `"removeOne needs an entity table: /listed"`],
  [
    `entityTable('/products/entities').upsertOne()`,
    `"upsertOne needs an entity table: /products/entities"`,
  ],
  [`entityTable('/products').setOne()`, `"no such path: /products/entities/*/id"`],
  [
    `entityTable('/products', { selectId: 'skuu' }).setOne()`,
    `"no such path: /products/entities/*/skuu"`,
  ],
  [
    `entityTable('/products', { selectId: 'sizes' }).setOne()`,
    `"setOne needs a string or a number: /products/entities/*/sizes"`,
  ],
  [`entityTable('/orders', { sortBy: '-at' }).addOne()`, `"no such path: /orders/entities/*/at"`],
  [
    `entityTable('/orders', { sortBy: ['id', 'at'] }).addOne()`,
    `"no such path: /orders/entities/*/at"`,
  ],

  // Entity steps: values.
  [
    `entityTable('/orders').addOne({ value: { id: 'a', n: 1 } })`,
    `{ error: "wrong value: /orders"; takes: Order;`,
  ],
  [`entityTable('/orders').addOne({ value: object({ id: 1 }) })`, `"wrong value: /orders"`],
  [
    `entityTable('/orders').addOne({ value: object({ id: 1, n: 1, m: 1 }) })`,
    `"no such path: /orders/entities/*/m"`,
  ],
  [
    `entityTable('/products', { selectId: 'sku' }).setAll({ value: { sku: 'a', sizes: [] } })`,
    `"wrong value: /products"`,
  ],
  [`entityTable('/orders').setAll({ value: [{ id: 1 }] })`, `"wrong value: /orders"`],
  [
    `entityTable('/orders').updateOne({ value: { id: 1, changes: { n: '' } } })`,
    `"wrong value: /orders"`,
  ],
  [
    `entityTable('/orders').updateMany({ value: { id: 1, changes: {} } })`,
    `"wrong value: /orders"`,
  ],
  [
    `entityTable('/orders').removeOne({ value: 'a' })`,
    `"wrong value: /orders"; takes: number; given: "a"`,
  ],
  [`entityTable('/orders').removeMany({ value: [1, 'a'] })`, `"wrong value: /orders"`],
  [`entityTable('/orders').removeOne({ value: state('nme') })`, `"no such path: state('nme')"`],

  // Entity steps: where and onMatch.
  [`entityTable('/orders').removeMany({ where: eq(item('m'), 1) })`, `"no such path: item('m')"`],
  [
    `entityTable('/orders').updateMany({ where: eq(item('n'), 1), value: { n: 'x' } })`,
    `"wrong value: /orders"`,
  ],
  [
    `entityTable('/orders').updateMany({ where: eq(1, 1), value: object({ n: item('m') }) })`,
    `"no such path: item('m')"`,
  ],
  [
    `entityTable('/orders').updateMany({ where: eq(1, 1), onMatch: [inc('/m')] })`,
    `"no such path: /orders/entities/*/m"`,
  ],
  [
    `entityTable('/orders').upsertMany({ onMatch: [set('/n', 'x')] })`,
    `{ error: "wrong value: /orders/entities/*/n"; takes: number; given: "x"; }`,
  ],
  [
    `entityTable('/orders').upsertMany({ onMatch: [inc('/n', incoming('m'))] })`,
    `"no such path: incoming('m')"`,
  ],
  [
    `upsert('/items', { by: 'sku', value: payload(), onMatch: [inc('/qty', incoming('sku'))] })`,
    `"wrong value: /items/*/qty"`,
  ],

  // What a builder does not take.
  [`entityTable('/orders').addOne({ where: eq(item('n'), 1) })`, `'where' does not exist`],
  [`entityTable('/orders').setAll({ onMatch: [] })`, `'onMatch' does not exist`],
  [`entityTable('/orders').removeAll({ value: [] })`, `Expected 0 arguments`],
  [
    `entityTable('/orders').removeMany({ where: eq(1, 1), value: [] })`,
    `No overload matches this call`,
  ],
  [`entityTable('/orders').updateMany({ onMatch: [] })`, `No overload matches this call`],
  [
    `entityTable('/orders').updateMany({ where: eq(1, 1), onMatch: [], value: {} })`,
    `No overload matches this call`,
  ],
];

const examples = refused.map(([step]) => ({
  file: 'step.ts',
  line: 0,
  language: 'ts',
  code: `import { defineSlice } from 'isthmus';
import * as program from 'isthmus/program';
const { add, eq, inc, insert, item, literal, merge, object, or, payload, push } = program;
const { remove, removeWhere, reset, set, state, unset, updateWhere, upsert, when } = program;
const { entityTable, incoming } = program;
interface Item { sku: string; qty: number; note?: string }
interface Product { sku: string; sizes: number[] }
interface Order { id: number; n: number }
interface State {
  items: Item[]; tags: string[]; status: 'idle' | 'busy'; name: string; count: number; empty: null;
  user: { name: string; address?: { city: string } } | null;
  products: { ids: string[]; entities: Record<string, Product> };
  orders: { ids: number[]; entities: Record<number, Order> };
  listed: { ids: number[]; entities: Order[] };
}
defineSlice({
  name: 'cart', initialState: {} as State,
  reducers: { fine: [reset(), set('/name', payload())], go: [
    ${step},
  ] },
  on: { other: [
    ${step},
  ] },
});`,
}));
const program = compile(examples);
const [own, other] = [18, 21];

it.each(refused.map(([step, says], i) => [step, says, i] as const))(
  '%s does not compile: %s',
  (_step, says, i) => {
    const told = diagnosticsOf(program, examples[i]!, i);
    expect(told).toHaveLength(2);
    for (const [at, line] of [own, other].entries()) {
      expect(told[at]).toMatch(new RegExp(`^step.ts:${line}: `));
      expect(told[at]).toContain(says);
    }
  },
);

// An index must not compile either.
const refusedIndices: [index: string, says: string][] = [
  [`{ '/itms': ['sku'] }`, `"no such path: /itms"`],
  [`{ items: ['sku'] }`, `"no such path: items"`],
  [`{ '/name': ['length'] }`, `"index needs an array: /name"`],
  [`{ '/items': ['sku', 'skuu'] }`, `"no such path: /items/*/skuu"`],
  [`{ '/items': 'sku' }`, `'string' is not assignable to type 'readonly string[]'`],
  [`{ '/items': [1] }`, `'number' is not assignable to type 'string'`],
  [`['/items']`, `'string' is not assignable to type 'readonly string[]'`],
];

const indices = refusedIndices.map(([index]) => ({
  file: 'index.ts',
  line: 0,
  language: 'ts',
  code: `import { defineSlice } from 'isthmus';
const initialState = { name: '', items: [] as { sku: string }[] };
defineSlice({ name: 'cart', initialState, reducers: {}, index: { '/items': ['sku'] } });
defineSlice({ name: 'cart', initialState, reducers: {}, index: ${index} });`,
}));
const indexProgram = compile(indices);

it.each(refusedIndices.map(([index, says], i) => [index, says, i] as const))(
  'the index %s does not compile: %s',
  (_index, says, i) => {
    const told = diagnosticsOf(indexProgram, indices[i]!, i);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^index.ts:3: /);
    expect(told[0]).toContain(says);
  },
);
