import { describe, expect, it } from 'vitest';
import { checkFile } from '../../tools/check-layers.mjs';

const accepted = [
  { path: 'src/value/json.cpp', text: '#include <nlohmann/json.hpp>\n#include "base/result.h"' },
  { path: 'src/bridge/inbound.cpp', text: '#include "contract/schema.h"\n#include "value/path.h"' },
  { path: 'bindings/engine.cpp', text: '#include <emscripten/bind.h>\n#include "engine.h"' },
  { path: 'web/store/store.ts', text: `import { call } from '../engine/call.js';` },
  { path: 'web/engine/module.ts', text: `import m from '../../build/wasm-release/engine.mjs';` },
  { path: 'web/index.ts', text: `export { join } from './federation/join.js';` },
  { path: 'web/react/hooks.ts', text: `import { useMemo } from 'react';` },
  { path: 'web/react/hooks.ts', text: `import type { Store } from '../store/store.js';` },
  { path: 'web/react/context.ts', text: `import { realm } from '../engine/realm.js';` },
  { path: 'tests/web/a.test.ts', text: `import { x } from '../../web/store/x.js';` },
];

const refused = [
  {
    path: 'src/value/path.cpp',
    text: '#include "store/store.h"',
    problem: 'src/value may not use src/store ("store/store.h").',
  },
  {
    path: 'src/contract/schema.cpp',
    text: '#include "store/store.h"',
    problem: 'src/contract may not use src/store ("store/store.h").',
  },
  {
    path: 'src/value/path.cpp',
    text: '#include "bindings/engine.h"',
    problem: 'src/value may not use "bindings/engine.h".',
  },
  {
    path: 'src/store/store.cpp',
    text: '#include <emscripten/val.h>',
    problem: 'an Emscripten include belongs into bindings only.',
  },
  {
    path: 'web/store/store.ts',
    text: `import {\n  Hub,\n} from '../bridge/hub.js';`,
    problem: 'web/store may not use web/bridge ("../bridge/hub.js").',
  },
  {
    path: 'web/engine/load.ts',
    text: `const hub = await import('../bridge/hub.js');`,
    problem: 'web/engine may not use web/bridge ("../bridge/hub.js").',
  },
  {
    path: 'web/store/hook.ts',
    text: `import { useState } from 'react';`,
    problem: 'React belongs into web/react and webpack/demo only.',
  },
  {
    path: 'web/index.ts',
    text: `export * from './react/index.js';`,
    problem: 'web may not use web/react ("./react/index.js").',
  },
  {
    path: 'web/react/hooks.ts',
    text: `import { readPath } from '../store/read-path.js';`,
    problem:
      `web/react is a bundle of its own: ` +
      `import values of web/store from 'isthmus' ("../store/read-path.js").`,
  },
  {
    path: 'webpack/demo/host/src/app.tsx',
    text: `import { joinSharedStore } from '../../../../web/index.js';`,
    problem: 'webpack/demo may not use web ("../../../../web/index.js").',
  },
];

describe('the layer check', () => {
  it.each(accepted)('accepts $path with $text', ({ path, text }) => {
    expect(checkFile(path, text)).toEqual([]);
  });

  it.each(refused)('refuses $path with $text', ({ path, text, problem }) => {
    expect(checkFile(path, text)).toEqual([`${path}: ${problem}`]);
  });
});
