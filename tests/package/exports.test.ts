import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as isthmus from 'isthmus';
import * as angular from 'isthmus/angular';
import * as inline from 'isthmus/inline';
import * as program from 'isthmus/program';
import * as react from 'isthmus/react';
import * as isthmusRedux from 'isthmus/redux';
import * as storage from 'isthmus/storage';
import * as svelte from 'isthmus/svelte';
import * as testing from 'isthmus/testing';
import * as toolkit from 'isthmus/toolkit';
import * as vite from 'isthmus/vite';
import * as vue from 'isthmus/vue';
import * as webpack from 'isthmus/webpack';
import * as redux from 'redux';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import * as source from '../../web/index.js';
import { version } from '../../web/version.js';

describe('the exports of', () => {
  it('isthmus', () => {
    expect(Object.keys(isthmus).sort()).toMatchInlineSnapshot(`
      [
        "EngineError",
        "IsthmusError",
        "ReducerError",
        "assertShared",
        "converging",
        "createIsolatedStore",
        "crossApp",
        "current",
        "defineSlice",
        "describeContracts",
        "getSharedStore",
        "isBridged",
        "isDraft",
        "joinSharedStore",
        "loadEngine",
        "native",
        "onDuplicate",
        "onRecovered",
        "original",
        "plain",
        "storeParts",
      ]
    `);
  });

  it('isthmus/inline', () => {
    expect(Object.keys(inline)).toEqual(['loadInlineEngine']);
  });

  it('isthmus/program', () => {
    expect(Object.keys(program).sort()).toMatchInlineSnapshot(`
      [
        "add",
        "and",
        "div",
        "entityTable",
        "eq",
        "gt",
        "gte",
        "inc",
        "incoming",
        "insert",
        "item",
        "literal",
        "lt",
        "lte",
        "merge",
        "meta",
        "mod",
        "mul",
        "ne",
        "not",
        "object",
        "or",
        "payload",
        "push",
        "remove",
        "removeWhere",
        "reset",
        "rule",
        "set",
        "state",
        "sub",
        "unset",
        "updateWhere",
        "upsert",
        "when",
      ]
    `);
  });

  it('isthmus/react', () => {
    expect(Object.keys(react).sort()).toMatchInlineSnapshot(`
      [
        "SharedStoreProvider",
        "useReady",
        "useSharedDispatch",
        "useSharedSelector",
        "useSharedStore",
        "useSharedValue",
        "useSlice",
      ]
    `);
  });

  it('isthmus/vue and isthmus/svelte, whose names are those of isthmus/react', () => {
    const names = Object.keys(react).filter((name) => name.startsWith('use'));
    expect(Object.keys(vue).sort()).toEqual(['provideSharedStore', ...names].sort());
    expect(Object.keys(svelte).sort()).toEqual(['provideSharedStore', ...names].sort());
  });

  it('isthmus/angular', () => {
    expect(Object.keys(angular).sort()).toMatchInlineSnapshot(`
      [
        "injectReady",
        "injectSharedDispatch",
        "injectSharedSelector",
        "injectSharedStore",
        "injectSharedValue",
        "injectSlice",
        "provideIsthmus",
        "provideSharedStore",
      ]
    `);
  });

  it("isthmus/redux: Redux's own, and two more", () => {
    const names = [...Object.keys(redux), 'isthmusEnhancer', 'isthmusMiddleware'];
    expect(Object.keys(isthmusRedux).sort()).toEqual(names.sort());
  });

  it('isthmus/storage', () => {
    expect(Object.keys(storage).sort()).toMatchInlineSnapshot(`
      [
        "indexedDbAdapter",
        "localStorageAdapter",
        "memoryAdapter",
        "persistLog",
        "persistSlice",
      ]
    `);
  });

  it('isthmus/testing', () => {
    expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
      [
        "assertNoLeaks",
        "createTestHub",
        "createTestStore",
        "mockFederation",
        "takeBaseline",
      ]
    `);
  });

  it('isthmus/toolkit', () => {
    expect(Object.keys(toolkit)).toEqual(['withIsthmus']);
  });

  it('isthmus/vite', () => {
    expect(Object.keys(vite).sort()).toEqual(['isthmus', 'isthmusFederation', 'sharedState']);
  });

  it('isthmus/webpack', () => {
    expect(Object.keys(webpack).sort()).toMatchInlineSnapshot(`
      [
        "IsthmusFederationPlugin",
        "sharedState",
      ]
    `);
  });
});

it('what web/entry.ts hands out is what web/index.ts exports', () => {
  expect(Object.keys(isthmus).sort()).toEqual(Object.keys(source).sort());
});

it.each(['index', 'inline', 'react', 'redux'])(
  '@module-federation/vite can read what dist/%s.js exports: nothing in it looks like `export =`',
  async (name) => {
    const file = new URL(`../../dist/${name}.js`, import.meta.url);
    expect(await readFile(file, 'utf8')).not.toMatch(/export\s*=/);
  },
);

it('isthmus exports at most 25 values, and none of the step language', () => {
  const names = Object.keys(isthmus);
  expect(names.length).toBeLessThanOrEqual(25);
  expect(names.filter((name) => name in program)).toEqual([]);
});

it('steps and expressions of two copies of isthmus/program go together', async () => {
  const { href } = new URL('../../dist/program.js?copy', import.meta.url);
  const other = (await import(/* @vite-ignore */ href)) as typeof program;
  expect(other.payload).not.toBe(program.payload);
  const { inc, object, set } = program;
  const { payload, item, eq, literal } = other;
  const mixed = [set('/user', payload('user')), inc('/n', eq(item('a'), 1) as never)];
  expect(JSON.parse(JSON.stringify(mixed))).toEqual([
    { op: 'set', path: '/user', value: { var: 'payload.user' } },
    { op: 'inc', path: '/n', value: { '===': [{ var: 'item.a' }, 1] } },
  ]);
  expect(JSON.parse(JSON.stringify(object({ a: payload(), b: literal([1]) })))).toEqual({
    object: { a: { var: 'payload' }, b: { literal: [1] } },
  });
});

it('every export of isthmus is defined', () => {
  expect(Object.entries(isthmus).filter(([, value]) => value === undefined)).toEqual([]);
});

it('the version that the package tells is that of package.json', () => {
  expect(version).toBe(manifest.version);
});

/** Every file in the conditions of an entry. */
function filesIn(entry: unknown): string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry as object).flatMap(filesIn);
}

it('every file that package.json names is there', async () => {
  const files = filesIn([manifest.exports, manifest.imports]);
  expect(files.length).toBeGreaterThan(40);
  for (const file of files) {
    const { length } = await readFile(new URL(`../../${file}`, import.meta.url));
    expect(length, file).toBeGreaterThan(0);
  }
});

it('what is required exports the same, and is the same page', () => {
  const require = createRequire(import.meta.url);
  const entries = Object.entries(manifest.exports).filter(
    ([, files]) => 'require' in Object(files),
  );
  const required = entries.map(([entry]) => entry.replace('.', 'isthmus'));
  expect(required).toEqual(expect.arrayContaining(['isthmus', 'isthmus/react', 'isthmus/webpack']));
  const modules: Record<string, object> = {
    ...{ isthmus, 'isthmus/inline': inline, 'isthmus/program': program, 'isthmus/react': react },
    ...{ 'isthmus/redux': isthmusRedux, 'isthmus/storage': storage, 'isthmus/testing': testing },
    ...{
      'isthmus/toolkit': toolkit,
      'isthmus/vite': vite,
      'isthmus/vue': vue,
      'isthmus/webpack': webpack,
    },
  };
  for (const entry of required) {
    const found = require(entry) as object;
    expect(Object.keys(found).sort(), entry).toEqual(Object.keys(modules[entry]!).sort());
  }
  expect((require('isthmus') as typeof isthmus).joinSharedStore).toBe(isthmus.joinSharedStore);
});

it('isthmus/react is of the client, where there are Server Components, and no other entry is', async () => {
  const names = Object.keys(manifest.exports)
    .map((entry) => (entry === '.' ? 'index' : entry.slice(2)))
    .filter((name) => !name.includes('.'));
  const files = names.map((name) => new URL(`../../dist/${name}.js`, import.meta.url));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const ofClient = names.filter((_name, i) => texts[i]!.startsWith('"use client";'));
  expect(ofClient).toEqual(['react']);
});
