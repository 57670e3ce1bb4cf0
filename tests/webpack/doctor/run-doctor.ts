import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const command = fileURLToPath(new URL('../../../dist/isthmus.js', import.meta.url));

export interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** The built command, as a pipeline calls it. */
export function runDoctor(cwd: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [command, 'doctor', ...args],
      { cwd },
      () => undefined,
    );
    let [output, errors] = ['', ''];
    child.stdout!.on('data', (text) => (output += text));
    child.stderr!.on('data', (text) => (errors += text));
    child.on('close', (code) => resolve({ code: code!, output, errors }));
  });
}

/** Files by name in a folder that goes with the test; what is no text becomes JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'isthmus-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** A package-lock.json of one project. */
export function npmLock(own: Readonly<Record<string, string | undefined>>, nested = {}): object {
  const packages = Object.entries({ ...own, ...nested }).map(([name, version]) => {
    return [`node_modules/${name}`, { version }];
  });
  return { lockfileVersion: 3, packages: { '': {}, ...Object.fromEntries(packages) } };
}

const share = { singleton: true, strictVersion: false, eager: false };

/** What IsthmusFederationPlugin writes, with whatever a test has otherwise. */
export function manifest(name: string, others: object = {}): object {
  return {
    manifestVersion: 1,
    name,
    isthmus: '0.1.0',
    bundler: 'webpack 5.112.2',
    versions: { isthmus: '0.1.0', react: '19.3.1', redux: '5.0.1' },
    shared: {
      isthmus: { ...share, requiredVersion: '^0.1.0' },
      react: { ...share, requiredVersion: '^19.0.0' },
      redux: { ...share, requiredVersion: '^5.0.0' },
    },
    exposes: ['./App'],
    remotes: [],
    slices: [],
    contracts: {},
    ...others,
  };
}

/** The shared block of {@link manifest} with other settings for one package. */
export function sharing(name: string, settings: object | undefined): { shared: object } {
  const { shared } = manifest('any') as { shared: Record<string, object> };
  const { [name]: own, ...rest } = shared;
  return { shared: settings === undefined ? rest : { ...shared, [name]: { ...own, ...settings } } };
}
