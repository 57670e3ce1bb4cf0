// Texts and tables of crossing come with its file (tools/engine-data.mjs): until then nothing may read where they go.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as Isthmus from 'isthmus';
import * as program from 'isthmus/program';
import { afterEach, expect, it, vi } from 'vitest';
import { readMemory } from '../../../tools/wasm-object.mjs';
import { loadOnFreshPage } from '../fresh-page.js';

const { inc, payload, push, remove, rule, set, upsert } = program;

const bytesOf = (file: string) =>
  new Map(
    readMemory(
      readFileSync(fileURLToPath(new URL(`../../../dist/${file}`, import.meta.url))),
    ).flatMap(({ address, bytes }) => [...bytes].map((byte, at) => [address + at, byte] as const)),
  );

/** Each byte by its address. Small gaps between its own the second file fills with what is there. */
const first = bytesOf('engine.wasm');
const second = bytesOf('engine-crossing.wasm');
const late = [...second.keys()].filter((address) => !first.has(address));

afterEach(() => vi.unstubAllGlobals());

it('changes nothing that is there when it comes', () => {
  const changed = [...second].filter(([at, byte]) => first.has(at) && first.get(at) !== byte);
  expect(changed).toEqual([]);
  expect(late.length).toBeGreaterThan(10_000);
});

it('is read by nothing that the first file does alone', async () => {
  const spoilt = await told(true);
  expect(String(spoilt)).toContain('inc needs a number to add');
  expect(spoilt).toEqual(await told(false));
});

/** What an engine says to much that is asked of it, whose late data are overwritten or not. */
async function told(isSpoilt: boolean): Promise<readonly unknown[]> {
  vi.stubGlobal('document', {});
  vi.stubGlobal('process', { ...process, versions: {} });
  const { instantiate } = WebAssembly;
  let spoilt = 0;
  vi.stubGlobal(
    'WebAssembly',
    Object.create(WebAssembly, {
      instantiate: {
        value: async (...args: Parameters<typeof instantiate>) => {
          const made = (await instantiate(...args)) as unknown as {
            readonly instance?: WebAssembly.Instance;
          } & WebAssembly.Instance;
          const { memory } = (made.instance ?? made).exports as { memory?: WebAssembly.Memory };
          if (isSpoilt && memory !== undefined) {
            const bytes = new Uint8Array(memory.buffer);
            for (const address of late) bytes[address] = 0xa5;
            spoilt += 1;
          }
          return made;
        },
      },
    }),
  );
  const isthmus = (await loadOnFreshPage()) as typeof Isthmus;
  await isthmus.loadEngine();
  expect(spoilt).toBe(isSpoilt ? 1 : 0);
  return answers(isthmus);
}

function answers({ defineSlice, createIsolatedStore }: typeof Isthmus): readonly unknown[] {
  const heard: unknown[] = [];
  const hear = (ask: () => unknown) => {
    try {
      heard.push(ask());
    } catch (error) {
      heard.push(String(error));
    }
  };
  const initialState = { n: 1, list: [{ id: 1, qty: 2 }], text: '', out: null as unknown };
  const slice = defineSlice({
    name: 'late',
    initialState,
    reducers: {
      add: [inc('/n', payload())],
      push: [push('/list', payload())],
      gone: [remove('/nothing') as never],
      put: [upsert('/list', { by: 'id', value: payload(), onMatch: [inc('/qty', 1)] })],
      calc: [set('/out', payload() as never)],
      show: [set('/text', rule({ cat: [{ var: 'state.n' }, '-', { var: 'payload' }] }) as never)],
    },
  });
  const store = createIsolatedStore({ name: 'late', slices: [slice as never] });
  const types = ['add', 'push', 'gone', 'put', 'calc', 'show', 'other'];
  const payloads = [0.1, -1e300, 'text', '12e-7', null, true, [1], { id: 1 }, { id: 'x', qty: 3 }];
  for (const type of types)
    for (const payload of payloads) {
      hear(() => store.dispatch({ type: `late/${type}`, payload } as never));
      hear(() => JSON.stringify(store.getState()));
    }
  for (const operator of ['+', '-', '*', '/', '%', '<', '==', '!!', 'in', 'substr', 'catt', 'if'])
    hear(() => {
      const rules = rule({ [operator]: [{ var: 'payload' }, '3', 2] } as never);
      const reducers = { run: [set('', rules as never)] };
      const other = defineSlice({
        name: `by ${operator}`,
        initialState: null as unknown,
        reducers,
      });
      const its = createIsolatedStore({ name: 'other', slices: [other as never] });
      for (const payload of payloads)
        hear(() => its.dispatch({ type: `by ${operator}/run`, payload }));
      return JSON.stringify(its.getState());
    });
  return heard;
}
