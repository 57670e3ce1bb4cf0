import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Step } from 'isthmus/program';
import { buildWithCMake } from '../../tools/build.mjs';

/** A slice with random reducers, and the states that the interpreter of the native tests makes. */
export interface Session {
  readonly seed: number;
  readonly steps: number;
  readonly definition: {
    readonly name: string;
    readonly initialState: unknown;
    readonly reducers: Readonly<Record<string, readonly Step[]>>;
    readonly index?: Readonly<Record<string, readonly string[]>>;
  };
  readonly turns: readonly Turn[];
}

export interface Turn {
  readonly type: string;
  readonly payload: unknown;
  /** Null when the action is refused. */
  readonly state: unknown;
}

const chosen = process.env.ISTHMUS_RANDOM_PROGRAMS;
const program = chosen ?? join(import.meta.dirname, '../../build/dev/random_programs');

/** Builds the native program that makes the sessions, unless the environment names a built one. */
export async function prepareSessions(): Promise<void> {
  if (chosen === undefined) await buildWithCMake('dev', { target: 'random_programs' });
}

/** Sessions of so many steps in all; tests/cases/random/main.cpp prints them. */
export async function* randomSessions(
  seed: number,
  steps: number,
  size: 'small' | 'large',
): AsyncGenerator<Session> {
  const child = spawn(program, [`${seed}`, `${steps}`, size], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  try {
    for await (const line of createInterface(child.stdout)) yield JSON.parse(line) as Session;
    const code = await ended;
    if (code !== 0) throw new Error(`${program} ended with exit code ${String(code)}.`);
  } finally {
    child.kill();
  }
}

/** JSON tells values apart by content and order of keys, but not zeros. */
export function spell(value: unknown): string {
  return `${JSON.stringify(value, (_key, it: unknown) => (Object.is(it, -0) ? '-0' : it))}`;
}

/** The value at a path of plain JSON; undefined when there is none. */
export function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((parent, key) => {
    const isOwn = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key);
    return isOwn ? (parent as Record<string, unknown>)[key] : undefined;
  }, value);
}
