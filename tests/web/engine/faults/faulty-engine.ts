import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngine } from 'isthmus';

/**
 * The engine as it is shipped, in which JavaScript can throw before any call, loop, load or store, as it
 * does for real where its stack ends: binaryen's wasm-opt puts a call of ours before each of these steps.
 */
export interface Faults {
  /** How many steps `run` takes. */
  stepsOf(run: () => void): number;
  /** Runs with a fault at that step of it, from 1, and returns whether it came to it. */
  at(step: number, run: () => void): boolean;
}

/** What is thrown. */
export const FAULT = new WebAssembly.RuntimeError('a fault of the tests');

let steps = 0;
let faultAt = 0;

function step(): void {
  steps += 1;
  if (steps === faultAt) throw FAULT;
}

const counted = (...args: unknown[]): unknown => {
  step();
  return args.at(-1);
};

export async function loadFaultyEngine(): Promise<Faults> {
  const { compile } = WebAssembly;
  const [code, crossing] = await Promise.all(
    ['engine.wasm', 'engine-crossing.wasm'].map(async (file) => compile(await instrumented(file))),
  );
  const own = ['_embind_register_function'];
  const names = [code!, crossing!]
    .flatMap((each) => WebAssembly.Module.imports(each))
    .filter(({ module, name }) => module === 'env' && !own.includes(name));
  const env = Object.fromEntries(names.map(({ name }) => [name, counted]));
  replaceInstances((imports) => ({ ...imports, env: { ...imports.env, ...env } }));
  await loadEngine(code, { crossing: crossing! });
  return {
    stepsOf(run) {
      steps = faultAt = 0;
      run();
      return steps;
    },
    at(number, run) {
      steps = 0;
      faultAt = number;
      try {
        run();
      } finally {
        faultAt = 0;
      }
      return steps >= number;
    },
  };
}

/** Whoever makes an instance gives it our imports, too. */
function replaceInstances(extend: (imports: WebAssembly.Imports) => WebAssembly.Imports): void {
  const { instantiate, Instance } = WebAssembly;
  WebAssembly.instantiate = ((source: WebAssembly.Module, imports: WebAssembly.Imports) =>
    instantiate(source, extend(imports))) as typeof instantiate;
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports: WebAssembly.Imports = {}) {
      super(module, extend(imports));
    }
  };
}

async function instrumented(file: string): Promise<Buffer<ArrayBuffer>> {
  const engine = fileURLToPath(new URL(`../../../../dist/${file}`, import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-faults-'));
  try {
    const output = join(folder, file);
    const passes = ['--all-features', '--log-execution', '--instrument-memory'];
    const { status, stderr } = spawnSync('wasm-opt', [...passes, engine, '-o', output]);
    if (status !== 0) throw new Error(`wasm-opt, of the package binaryen: ${String(stderr)}`);
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true });
  }
}
