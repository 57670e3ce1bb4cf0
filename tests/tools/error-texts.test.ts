import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { knownTexts, numbered, pageOf, textsInUse } from '../../tools/error-texts.mjs';

const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, 'build/error-texts');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** What a script of an app says when it runs. */
function said(script: string, env: Record<string, string> = {}): string {
  const args = ['--input-type=module', '--eval', script];
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return execFileSync(process.execPath, args, options).trim();
}

/** A join that is refused, by the `isthmus` at a place. */
const tooEarly = (from: string) => `
  const { joinSharedStore } = await import(${JSON.stringify(from)});
  try { joinSharedStore({ app: 'cart' }); } catch (error) { console.log(error.code + ': ' + error.message); }
`;
const whole =
  "engine-missing: 'cart' cannot join yet: the engine is not loaded yet: await loadEngine() before the first store or native reducer";

const numberOf = (text: string) => knownTexts().indexOf(text) + 1;
const short = `engine-missing: engine-missing #${numberOf("'{app}' cannot join yet: {}")}(cart, engine-missing #${numberOf(
  'the engine is not loaded yet: await loadEngine() before the first store or native reducer',
)}()) (see docs/ERRORS.md of isthmus)`;

async function bundled(mode: string): Promise<string> {
  const outfile = path.join(folder, `${mode}.mjs`);
  await build({
    stdin: { contents: "export { joinSharedStore } from './dist/index.js'", resolveDir: root },
    ...{ outfile, bundle: true, minify: true, format: 'esm', platform: 'node', tsconfigRaw: {} },
    ...{ conditions: ['module'], define: { 'process.env.NODE_ENV': JSON.stringify(mode) } },
  });
  return outfile;
}

describe('the texts of errors have numbers', () => {
  it('that are all known: `node tools/error-texts.mjs` takes up new ones', () => {
    expect(numbered(knownTexts(), textsInUse())).toEqual(knownTexts());
  });

  it('and docs/ERRORS.md has them', () => {
    expect(readFileSync(path.join(root, 'docs/ERRORS.md'), 'utf8')).toBe(pageOf(knownTexts()));
  });

  it('that stay: a text that is gone keeps its number, and a new one comes at the end', () => {
    const known = ['the slice {key} has ended', 'there is no store {name}'];
    const inUse = ['a store has a name', 'there is no store {wanted}'];
    expect(numbered(known, inUse)).toEqual([
      'the slice {key} has ended',
      'there is no store {wanted}',
      'a store has a name',
    ]);
  });
});

describe('an error is told', () => {
  it('whole in development, by a bundler and on a server', async () => {
    expect(said(tooEarly(await bundled('development')))).toBe(whole);
    expect(said(tooEarly('isthmus'), { NODE_ENV: 'development' })).toBe(whole);
    expect(said(tooEarly('isthmus'), { NODE_ENV: '' })).toBe(whole);
  });

  it('by its code, its number and its values in production', async () => {
    expect(said(tooEarly(await bundled('production')))).toBe(short);
    expect(said(tooEarly('isthmus'), { NODE_ENV: 'production' })).toBe(short);
    const required = tooEarly('isthmus').replace(
      'await import(',
      '(await import("node:module")).createRequire(process.cwd() + "/x.js")(',
    );
    expect(said(required, { NODE_ENV: 'production' })).toBe(short);
  });

  it('whole where there is no bundler and no process', () => {
    expect(said(`delete globalThis.process; ${tooEarly('isthmus')}`)).toBe(whole);
  });

  it('and a bundle for production has no texts', async () => {
    const script = readFileSync(await bundled('production'), 'utf8');
    expect(script).not.toContain('cannot join yet');
    expect(readFileSync(await bundled('development'), 'utf8')).toContain('cannot join yet');
  });
});
