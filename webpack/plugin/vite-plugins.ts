import { join, posix } from 'node:path';
import type { Plugin, ResolvedConfig, Rolldown } from 'vite';
import { copyText } from './bypasses.js';
import { isEngine } from './engine-file.js';
import {
  addressFrom,
  MANIFEST_FILE,
  manifestOf,
  type DescribedBuild,
  type DescribedSlices,
} from './manifest.js';
import type { ModuleFederationOptions } from './options.js';
import { isInside, packageOf, shown } from './paths.js';
import { sharedFiles } from './shared-files.js';
import type { SharedState } from './shared-state.js';
import { describeSlices, notRunnable, type SliceModule } from './slice-modules.js';

/** What is known of a build before it starts. */
export interface ViteBuild extends ModuleFederationOptions {
  readonly name: string;
  readonly shared: SharedState;
  readonly slices: readonly string[];
}

/** Fails a build that would bring a copy, and writes isthmus-manifest.json. */
export function checksAndManifest(build: ViteBuild): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'isthmus-federation',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
      const count = resolved.plugins.filter(({ name }) => name === 'module-federation-vite').length;
      if (count < 2) return;
      throw new Error(
        `isthmusFederation: this build federates ${count} times, each time with a shared block of ` +
          `its own. Keep one isthmusFederation(), with the exposes and remotes of all.`,
      );
    },
    buildEnd(error) {
      if (error === undefined) refuseCopies(this, config.root, build.shared);
    },
    async generateBundle(_options, bundle) {
      const described = build.slices.length > 0 ? await slicesOf(build.slices, config) : undefined;
      const fileName = posix.join(posix.dirname(build.filename ?? ''), MANIFEST_FILE);
      const file = engineIn(bundle, config.root);
      const engine = file === undefined ? undefined : addressFrom(fileName, file, config.base);
      const manifest = await describe(this, build, { config, described, engine });
      this.emitFile({ type: 'asset', fileName, source: `${JSON.stringify(manifest, null, 2)}\n` });
    },
  };
}

/**
 * The plugin takes an import inside a shared package for the file itself, which would be a second copy
 * of isthmus behind `isthmus/react` and every other entry; asked from the app, it answers with the share.
 */
export function sharedInside(): Plugin {
  let root = '';
  return {
    name: 'isthmus-shared-inside',
    enforce: 'pre',
    configResolved(resolved) {
      root = resolved.root;
    },
    async resolveId(source, importer) {
      if (source !== 'isthmus' || importer === undefined) return null;
      if (packageOf(importer)?.manifest.name !== 'isthmus') return null;
      return this.resolve(source, join(root, 'app.js'), { skipSelf: true });
    },
  };
}

/** Imports by name have become those of the plugin's own modules; what is left are paths. */
function refuseCopies(context: Rolldown.PluginContext, root: string, shared: SharedState): void {
  const nameOf = sharedFiles(shared);
  for (const file of context.getModuleIds()) {
    const name = nameOf(file);
    if (name === undefined) continue;
    const folder = packageOf(file)?.folder ?? file;
    const { importers = [], dynamicImporters = [] } = context.getModuleInfo(file) ?? {};
    const from = [...importers, ...dynamicImporters].find(
      (each) => isInside(root, each) && !isInside(folder, each),
    );
    if (from === undefined || from.includes('node_modules')) continue;
    const files = { from: shown(root, from.split('?')[0]!), file: shown(root, file) };
    const text = copyText({ ...files, request: shown(root, file), name, isPath: true });
    context.error(`isthmusFederation: ${text}`);
  }
}

/** The file that a build makes of engine.wasm, if it brings it. */
export function engineIn(bundle: Rolldown.OutputBundle, root: string): string | undefined {
  const engine = Object.values(bundle).find((file) => {
    const names = file.type === 'asset' ? file.originalFileNames : [];
    return names.some((name) => isEngine(join(root, name)));
  });
  return engine?.fileName;
}

async function slicesOf(
  files: readonly string[],
  config: ResolvedConfig,
): Promise<DescribedSlices> {
  const { runnerImport } = await import('vite');
  const { root, resolve, define } = config;
  const modules = files.map(async (file): Promise<SliceModule> => {
    const alias = resolve.alias;
    const inline = { root, define, resolve: { alias }, logLevel: 'error' } as const;
    try {
      return { file, exports: (await runnerImport<object>(join(root, file), inline)).module };
    } catch (error) {
      throw notRunnable(file, error);
    }
  });
  return describeSlices(await Promise.all(modules));
}

interface Details extends Pick<DescribedBuild, 'described' | 'engine'> {
  readonly config: ResolvedConfig;
}

async function describe(
  context: Rolldown.PluginContext,
  build: ViteBuild,
  { config, described, engine }: Details,
): Promise<object> {
  const { version } = await import('vite');
  const nameOf = sharedFiles(build.shared);
  const versions = new Map<string, string>();
  for (const file of context.getModuleIds()) {
    const name = nameOf(file);
    if (name === undefined || versions.has(name)) continue;
    versions.set(name, String(packageOf(file)?.manifest.version));
  }
  const details = { context: config.root, bundler: `vite ${version}`, described, engine };
  return manifestOf({ ...build, ...details, versions: Object.fromEntries(versions) });
}
