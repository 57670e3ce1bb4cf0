import { mkdtemp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import webpack, { type StatsCompilation } from 'webpack';
import manifest from '../../../package.json' with { type: 'json' };
import { IsthmusFederationPlugin, sharedState, type FederationOptions } from 'isthmus/webpack';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

describe('sharedState', () => {
  test('shares isthmus, React and Redux as singletons that tolerate other versions', () => {
    const shared = sharedState();
    const names = ['isthmus', 'isthmus/react', 'react', 'react-dom', 'redux', '@reduxjs/toolkit'];
    for (const name of [...names, 'react-redux']) {
      expect(shared[name]).toMatchObject({ singleton: true, strictVersion: false });
    }
  });

  test('shares the subpaths of React that must match it', () => {
    expect(sharedState()).toHaveProperty(['react-dom/client', 'singleton'], true);
    expect(sharedState()).toHaveProperty(['react/jsx-runtime', 'singleton'], true);
  });

  test('asks for the installed range of isthmus and leaves the others to webpack', () => {
    const shared = sharedState();
    expect(shared.isthmus?.requiredVersion).toBe(`^${manifest.version}`);
    expect(shared['isthmus/react']?.requiredVersion).toBe(`^${manifest.version}`);
    expect(shared.react).not.toHaveProperty('requiredVersion');
  });

  test('merges an override into a share, and takes a text as its version range', () => {
    const { react, redux } = sharedState({ react: { eager: true }, redux: '^5.0.1' });
    expect(react).toEqual({ singleton: true, strictVersion: false, eager: true });
    expect(redux).toEqual({ singleton: true, strictVersion: false, requiredVersion: '^5.0.1' });
  });

  test('adds a share of the caller, and leaves one out that is false', () => {
    const shared = sharedState({ lodash: { singleton: true }, 'react-redux': false });
    expect(shared.lodash).toEqual({ singleton: true });
    expect(shared).not.toHaveProperty('react-redux');
  });

  test('every call returns a block of its own', () => {
    Object.assign(sharedState().react ?? {}, { singleton: false });
    expect(sharedState().react?.singleton).toBe(true);
  });

  test('refuses to give up the singleton that makes one store', () => {
    expect(() => sharedState({ isthmus: { singleton: false } })).toThrow(
      /'isthmus' must stay a singleton.*createIsolatedStore/,
    );
  });

  test.each([
    ['a list', ['react'], /must be an object/],
    ['a number as settings', { react: 19 }, /'react' must be a version range/],
    ['null as settings', { react: null }, /'react' must be a version range/],
  ])('refuses %s', (_what, overrides, message) => {
    expect(() => sharedState(overrides as never)).toThrow(message);
  });
});

describe('the options of IsthmusFederationPlugin', () => {
  test.each([
    ['no options', undefined, /'name' is missing/],
    ['no name', {}, /'name' is missing/],
    ['an empty name', { name: '' }, /'name' is missing/],
    ['shared as a text', { name: 'a', shared: 'react' }, /'shared' must be an object or an array/],
    ['a number in shared', { name: 'a', shared: [7] }, /neither a request nor an object/],
    ['isthmus twice', { name: 'a', shared: { isthmus: { singleton: false } } }, /singleton/],
  ])('refuse %s', (_what, options, message) => {
    expect(() => new IsthmusFederationPlugin(options as FederationOptions)).toThrow(message);
  });

  test('name the cure when the compiler has no module federation', () => {
    const plugin = new IsthmusFederationPlugin({ name: 'a' });
    expect(() => plugin.apply({} as never)).toThrow(/Use webpack 5/);
  });
});

describe('a webpack build with the plugin', () => {
  let folder = '';
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function write(name: string, text: string): Promise<void> {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async function install(name: string, from: string): Promise<void> {
    await symlink(path.join(repository, from), path.join(folder, 'node_modules', name));
  }

  /** An app that has installed isthmus, react, redux and a package of its own, and nothing else. */
  async function createApp(source: string): Promise<void> {
    folder = await mkdtemp(path.join(tmpdir(), 'isthmus-plugin-'));
    const dependencies = { isthmus: '*', react: '*', redux: '*', own: '*' };
    await write('package.json', JSON.stringify({ name: 'app', dependencies }));
    await write('node_modules/own/package.json', JSON.stringify({ name: 'own', version: '1.0.0' }));
    await write('node_modules/own/index.js', 'export const own = 1;');
    await write('index.js', source);
    await install('isthmus', '.');
    await install('react', 'node_modules/react');
    await install('redux', 'node_modules/redux');
  }

  function build(options: Partial<FederationOptions> = {}): Promise<StatsCompilation> {
    const exposes = { './App': './index.js' };
    const compiler = webpack({
      mode: 'development',
      devtool: false,
      context: folder,
      entry: './index.js',
      output: { path: path.join(folder, 'dist') },
      plugins: [
        new IsthmusFederationPlugin({
          name: 'app',
          filename: 'remoteEntry.js',
          exposes,
          ...options,
        }),
      ],
    });
    return new Promise((resolve, reject) => {
      compiler?.run((error, stats) => (stats ? resolve(stats.toJson()) : reject(error)));
    });
  }

  function providedBy({ modules = [] }: StatsCompilation): string[] {
    const names = modules.flatMap(({ name }) => {
      const match = /^provide shared module \(default\) (\S+)@/.exec(name ?? '');
      return match?.[1] ?? [];
    });
    return names.sort();
  }

  test('shares what the app imports, and asks for nothing that is not installed', async () => {
    await createApp(
      `import { loadEngine } from 'isthmus'; import { useReady } from 'isthmus/react';
       import { useState } from 'react'; console.log(loadEngine, useReady, useState);`,
    );
    const stats = await build();
    expect(stats.errors).toEqual([]);
    expect(stats.warnings).toEqual([]);
    expect(providedBy(stats)).toEqual(['isthmus', 'isthmus/react', 'react']);
    expect(await readdir(path.join(folder, 'dist'))).toContain('remoteEntry.js');
  });

  test('adds what its options list under shared, as an array or as an object', async () => {
    await createApp(`import 'redux'; import { own } from 'own'; console.log(own);`);
    const listed = await build({ shared: ['own', { redux: { shareKey: 'our-redux' } }] });
    expect(providedBy(listed)).toEqual(['our-redux', 'own']);
    const named = await build({ shared: { own: { singleton: true }, redux: false } });
    expect(providedBy(named)).toEqual(['own']);
  });
});
