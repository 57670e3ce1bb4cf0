import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));

const manifest = { name: 'scratch', version: '1.0.0', private: true, type: 'module' };

const counter = `
import { defineSlice, joinSharedStore, loadEngine } from 'isthmus';
import { inc, payload } from 'isthmus/program';

const counter = defineSlice({
  name: 'counter',
  initialState: { value: 40 },
  reducers: { add: [inc('/value', payload())] },
});

export async function count() {
  await loadEngine();
  const { store } = joinSharedStore({ app: 'scratch', slices: [counter] });
  store.dispatch(counter.actions.add(2));
  return store.read(['counter', 'value']);
}
`;

const files = {
  'package.json': JSON.stringify(manifest),
  'counter.js': counter,
  'in-node.js': `import { count } from './counter.js';\nconsole.log(String(await count()));\n`,
  'index.js': `import { count } from './counter.js';
count().then(
  (value) => (document.title = 'counted ' + value),
  (error) => (document.title = String(error)),
);
`,
  'webpack.config.js': `export default {
  mode: 'production',
  entry: './index.js',
};
`,
};

/** A project of its own outside the repository, with the packed isthmus and redux installed. */
export class ScratchProject {
  private constructor(readonly folder: string) {}

  static async create(): Promise<ScratchProject> {
    const folder = await mkdtemp(path.join(tmpdir(), 'isthmus-scratch-'));
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(folder, name), text);
    const project = new ScratchProject(folder);
    const tarball = path.join(repository, 'build/isthmus.tgz');
    const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
    await project.run('npm', 'install', ...flags, tarball, 'redux@5.0.1');
    return project;
  }

  /** Builds with webpack into the project's dist, without a page. */
  async build(): Promise<void> {
    await this.run(process.execPath, path.join(repository, 'node_modules/webpack-cli/bin/cli.js'));
    const page = '<!doctype html><title>waiting</title><script src="main.js" defer></script>';
    await writeFile(path.join(this.folder, 'dist/index.html'), page);
  }

  async run(command: string, ...args: string[]): Promise<string> {
    const { stdout } = await run(command, args, { cwd: this.folder });
    return stdout;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
