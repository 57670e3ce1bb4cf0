import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFile, checkImports } from '../../tools/check-layers.mjs';

describe('the check of includes', () => {
  it.each([
    ['src/value/json.cpp', '#include <nlohmann/json.hpp>\n#include "base/result.h"'],
    ['src/bridge/inbound.cpp', '#include "contract/schema.h"\n#include "value/path.h"'],
    ['bindings/engine.cpp', '#include <emscripten/bind.h>\n#include "engine.h"'],
  ])('accepts in %s %s', (path, text) => {
    expect(checkFile(path, text)).toEqual([]);
  });

  it.each([
    [
      'src/value/path.cpp',
      '#include "store/store.h"',
      'src/value may not use src/store ("store/store.h").',
    ],
    [
      'src/contract/schema.cpp',
      '#include "store/store.h"',
      'src/contract may not use src/store ("store/store.h").',
    ],
    [
      'src/value/path.cpp',
      '#include "bindings/engine.h"',
      'src/value may not use bindings ("bindings/engine.h").',
    ],
    [
      'src/store/store.cpp',
      '#include <emscripten/val.h>',
      'an Emscripten include belongs into bindings only.',
    ],
  ])('refuses in %s %s', (path, text, problem) => {
    expect(checkFile(path, text)).toEqual([`${path}: ${problem}`]);
  });
});

describe('the check of imports', () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'isthmus-layers-'));
  });
  afterEach(() => rmSync(project, { recursive: true }));

  /** What is said of a project in which `from` has that text and all that it imports is there. */
  async function check(from: string, text: string, others: Record<string, string> = {}) {
    const imported = [...text.matchAll(/'(\.[^']+)'/g)].map(([, to]) => join(dirname(from), to!));
    const files = {
      'node_modules/react/index.js': 'export {};',
      'node_modules/vue/index.js': 'export {};',
      ...Object.fromEntries(imported.map((to) => [to.replace(/\.js$/, '.ts'), 'export {};'])),
      [from]: text,
      ...others,
    };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content);
    }
    const { problems, circles } = await checkImports([from.split('/')[0]!], project);
    return { problems, circles };
  }

  it.each([
    ['web/store/store.ts', `import { call } from '../engine/call.js';`],
    ['web/engine/module.ts', `import m from '../../build/wasm-release/engine.mjs';`],
    ['web/index.ts', `export { join } from './federation/join.js';`],
    ['web/react/hooks.ts', `import { useMemo } from 'react';`],
    ['web/react/hooks.ts', `import type { Store } from '../store/store.js';`],
    ['web/react/context.ts', `import { realm } from '../page/realm.js';`],
    ['tests/web/a.test.ts', `import { x } from '../../web/store/x.js';`],
  ])('accepts in %s %s', async (path, text) => {
    expect(await check(path, text)).toEqual({ problems: [], circles: [] });
  });

  it.each([
    [
      'web/store/store.ts',
      `import {\n  Hub,\n} from '../bridge/hub.js';`,
      'web/bridge/hub.ts: web/store looks down only',
    ],
    [
      'web/engine/load.ts',
      `const hub = await import('../bridge/hub.js');`,
      'web/bridge/hub.ts: web/engine looks down only',
    ],
    [
      'web/engine/load.ts',
      `import type { Hub } from '../bridge/hub.js';`,
      'web/bridge/hub.ts: web/engine looks down only',
    ],
    [
      'web/index.ts',
      `export * from './react/index.js';`,
      'web/react/index.ts: web looks down only',
    ],
    [
      'web/store/module.ts',
      `import m from '../../build/wasm-release/engine.mjs';`,
      'build/wasm-release/engine.mjs: web/store looks down only',
    ],
    [
      'webpack/demo/host/src/app.tsx',
      `import { joinSharedStore } from '../../../../web/index.js';`,
      'web/index.ts: webpack/demo looks down only',
    ],
    [
      'web/store/hook.ts',
      `import { useState } from 'react';`,
      'node_modules/react/index.js: only web/react and webpack/demo use its framework',
    ],
    [
      'web/react/hooks.ts',
      `import { ref } from 'vue';`,
      'node_modules/vue/index.js: only web/vue and webpack/demo use its framework',
    ],
    [
      'web/react/hooks.ts',
      `import { readPath } from '../store/read-path.js';`,
      `web/store/read-path.ts: web/react is a bundle of its own, with values from 'isthmus'`,
    ],
  ])('refuses in %s %s', async (path, text, problem) => {
    expect(await check(path, text)).toEqual({
      problems: [`${path} may not use ${problem}.`],
      circles: [],
    });
  });

  it.each(['web', 'webpack', 'tests', 'tools'])('counts a circle in %s once', async (folder) => {
    const back = { [`${folder}/base/b.ts`]: `import type { A } from './a.js';` };
    const { problems, circles } = await check(`${folder}/base/a.ts`, `import './b.js';`, back);
    expect(problems).toEqual([]);
    expect(circles).toEqual([[`a`, 'b', 'a'].map((n) => `${folder}/base/${n}.ts`).join(' → ')]);
  });
});
