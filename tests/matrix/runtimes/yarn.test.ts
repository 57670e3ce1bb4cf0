import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, outputs, run } from './run.js';

const tarball = path.resolve(folder, '../../../build/isthmus.tgz');
let project: string;

// Outside of the repository, so that nothing is found in a node_modules above it.
beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'isthmus-yarn-'));
  await cp(path.join(folder, 'yarn'), project, { recursive: true });
  await cp(tarball, path.join(project, 'isthmus.tgz'));
});
afterAll(() => rm(project, { recursive: true }));

it('Yarn 4 with Plug’n’Play: a CommonJS webpack config takes the plugin, and the build the engine', async () => {
  const options = { cwd: project, env: await environment() };
  await run('yarn', ['install'], options);
  const told = await run('yarn', ['build', '--stats=errors-warnings'], options);
  expect(told).not.toMatch(/warning|error/i);
  const built = path.join(project, 'dist');
  const text = await readFile(path.join(built, 'isthmus-manifest.json'), 'utf8');
  const manifest = JSON.parse(text) as { engine: string };
  expect(manifest).toMatchObject({ slices: [{ key: 'counter', native: true }] });
  expect(await readdir(built)).toContain(manifest.engine);
  const engine = await readFile(path.join(built, manifest.engine));
  expect(WebAssembly.validate(engine)).toBe(true);
  expect(await readdir(project)).not.toContain('node_modules');
});

it.each([
  ['require', 'commonjs', `const { createIsolatedStore, loadEngine } = require('isthmus');`],
  ['import', 'module', `import { createIsolatedStore, loadEngine } from 'isthmus';`],
])('Node takes the engine out of the archive, by %s', async (_how, type, taken) => {
  const slices = `[{ key: 'a', reducer: (state = 42) => state }]`;
  const use = `console.log(createIsolatedStore({ name: 'app', slices: ${slices} }).getState().a)`;
  const code = `${taken} loadEngine().then(() => ${use})`;
  const args = ['node', `--input-type=${type}`, '--no-warnings', '--eval', code];
  expect(await run('yarn', args, { cwd: project, env: await environment() })).toBe('42\n');
});

/** The registry is npm's, and the lock file, which lacks the tarball, may change in the copy. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry']);
  const registry = new URL(stdout.trim());
  return {
    YARN_NPM_REGISTRY_SERVER: registry.href,
    YARN_UNSAFE_HTTP_WHITELIST: registry.protocol === 'http:' ? registry.hostname : '',
    YARN_GLOBAL_FOLDER: path.join(outputs, 'yarn'),
    YARN_ENABLE_GLOBAL_CACHE: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_TELEMETRY: 'false',
  };
}
