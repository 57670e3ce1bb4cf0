import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryFiles } from './entry-files.js';

const repository = path.join(import.meta.dirname, '..');
const scripts = [...entryFiles, 'react.js', 'redux.js', 'storage.js'];
const sources = ['engine-source.browser.js', 'engine-source.node.js'];
const others = [...sources, 'engine.wasm', 'engine-crossing.wasm'];

/** What a release says of itself. */
export interface ReleaseOptions {
  readonly version: string;
  /** 1, as the built package has it, by default. */
  readonly protocol?: number;
}

/** The built package as another release of it, in a folder of its own, as npm would install it. */
export class Release {
  readonly folder: string;

  /** `name` must be the test's own: it names the folder. */
  constructor(name: string, options: ReleaseOptions) {
    this.folder = path.join(repository, 'build/releases', name);
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(path.join(this.folder, 'dist'), { recursive: true });
    const manifest = readFileSync(path.join(repository, 'package.json'), 'utf8');
    const changed = { ...(JSON.parse(manifest) as object), version: options.version };
    writeFileSync(path.join(this.folder, 'package.json'), JSON.stringify(changed));
    for (const file of others) copyFileSync(built(file), path.join(this.folder, 'dist', file));
    for (const file of scripts) {
      const text = changedScript(readFileSync(built(file), 'utf8'), file, options);
      writeFileSync(path.join(this.folder, 'dist', file), text);
    }
  }

  file(name: string): string {
    return path.join(this.folder, 'dist', name);
  }

  /** Imports one of its scripts, which is evaluated once, as those are that its other scripts import. */
  import<Module>(name: string): Promise<Module> {
    return import(/* @vite-ignore */ pathToFileURL(this.file(name)).href) as Promise<Module>;
  }

  /** Evaluates one of its scripts in this page, however often that has been done before. */
  load<Module>(name = 'index.js'): Promise<Module> {
    const { href } = pathToFileURL(this.file(name));
    return import(/* @vite-ignore */ `${href}?load=${++loads}`) as Promise<Module>;
  }
}

let loads = 0;

function built(file: string): string {
  return path.join(repository, 'dist', file);
}

function changedScript(text: string, file: string, { version, protocol = 1 }: ReleaseOptions) {
  const named =
    file === 'index.js' ? replaced(text, /\bversion = ".*?"/, `version = "${version}"`) : text;
  return /\bPROTOCOL = 1\b/.test(named)
    ? replaced(named, /\bPROTOCOL = 1\b/, `PROTOCOL = ${protocol}`)
    : named;
}

function replaced(text: string, pattern: RegExp, replacement: string): string {
  if (text.match(new RegExp(pattern, 'g'))?.length !== 1) throw new Error(`not once: ${pattern}`);
  return text.replace(pattern, replacement);
}
