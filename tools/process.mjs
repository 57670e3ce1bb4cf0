// Child processes of the scripts in this folder. Each child leads a process group of its own and
// the group ends with us: on a signal, and when the npm that started us is gone.
//
// By Node's own modules, as set-up runs before `npm ci`. execa would save nine lines of `run` and ask for
// a second way to spawn; it ends one process, not a group, and none at all that leads a group of its own.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

const groups = new Set();
const closers = [];

/** `close` runs, and is awaited, before the process ends on a signal. */
export function beforeStop(close) {
  closers.push(close);
}

async function stop(signal) {
  for (const pid of groups) killGroup(pid);
  await Promise.allSettled(closers.map((close) => close()));
  process.exit(128 + constants.signals[signal]);
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // The group has ended by itself.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stop(signal));

if (process.env.npm_lifecycle_event) {
  const started = lineage();
  setInterval(() => lineage() !== started && stop('SIGHUP'), 500).unref();
}

/** Parent and grandparent: npm runs a script in a shell, which outlives a killed npm. */
function lineage() {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/**
 * Runs a command of the machine or of the npm packages, showing its output as it comes.
 * Resolves with its exit code and its output, without stderr unless `quiet`.
 */
export function run(command, args, { cwd, env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'],
      detached: true,
    });
    groups.add(child.pid);
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      if (!quiet) process.stdout.write(chunk);
    };
    child.stdout.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      groups.delete(child.pid);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a command quietly; when it fails, shows what it printed and throws. */
export async function mustRun(command, args, options = {}) {
  const { code, output } = await run(command, args, { quiet: true, ...options });
  if (code === 0) return output;
  process.stderr.write(output);
  throw new Failure(`${[command, ...args].join(' ')} failed with exit code ${code}.`);
}

/** A failure whose message is all that the user needs: shown without a stack. */
export class Failure extends Error {}

/** Runs a script's main function; a Failure becomes one message and exit code 1. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
