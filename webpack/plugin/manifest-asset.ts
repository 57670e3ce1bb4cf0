import { posix } from 'node:path';
import type { Compilation, Compiler } from 'webpack';
import { fail, PLUGIN, shareIn, type Build } from './build.js';
import { engineAddress } from './engine-address.js';
import { MANIFEST_FILE, manifestOf, type DescribedSlices } from './manifest.js';
import { packageNameIn } from './paths.js';
import { compileSlices } from './slice-compilation.js';
import { describeSlices } from './slice-modules.js';

/** Adds isthmus-manifest.json to what the build writes, beside its remote's entry. */
export function writeManifest(compiler: Compiler, build: Build): void {
  const described = new WeakMap<Compilation, DescribedSlices>();
  const problems = new WeakMap<Compilation, string>();
  if (build.slices.length > 0) {
    compiler.hooks.make.tapPromise(PLUGIN, async (compilation) => {
      try {
        described.set(compilation, await describeSlices(await compileSlices(compilation, build)));
      } catch (error) {
        problems.set(compilation, (error as Error).message);
      }
    });
  }
  compiler.hooks.thisCompilation.tap(PLUGIN, (compilation) => {
    const { Compilation, sources } = compiler.webpack;
    const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
    compilation.hooks.processAssets.tap({ name: PLUGIN, stage }, () => {
      const problem = problems.get(compilation);
      if (problem !== undefined) fail(compilation, problem);
      const file = posix.join(posix.dirname(build.filename ?? ''), MANIFEST_FILE);
      const manifest = manifestOf({
        ...build,
        engine: engineAddress(compilation, file),
        context: compiler.context,
        bundler: bundlerOf(compiler),
        versions: providedVersions(compilation),
        described: described.get(compilation),
      });
      const text = `${JSON.stringify(manifest, null, 2)}\n`;
      compilation.emitAsset(file, new sources.RawSource(text));
    });
  });
}

function bundlerOf({ webpack }: Compiler): string {
  const { rspackVersion } = webpack as { rspackVersion?: string };
  return rspackVersion === undefined ? `webpack ${webpack.version}` : `rspack ${rspackVersion}`;
}

function providedVersions(compilation: Compilation): Record<string, string> {
  const provided = [...compilation.modules].flatMap((module) => {
    const text = /^provide shared module \([^)]*\) (.+?)@([^@]+?) = /;
    const [, request, version] = shareIn(compilation, module, text) ?? [];
    return request && version ? [[packageNameIn(request), version] as const] : [];
  });
  return Object.fromEntries(provided.sort(([a], [b]) => (a < b ? -1 : 1)));
}
