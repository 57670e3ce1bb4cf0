// Builds one app with one bundler: `node build.mjs '<JSON>'` with { bundler, app, output, remotes,
// entry }, where `remotes`, by the host's names for them, make it a host. What goes wrong is printed.

import { createRequire, register } from 'node:module';
import { ModuleFederationPlugin } from '@module-federation/enhanced/webpack';
import { rspack } from '@rspack/core';
import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { bundle } from './bundle.mjs';

const webpack = createRequire(import.meta.url)('webpack');
const context = import.meta.dirname;
const { bundler, app, output, remotes, entry = {} } = JSON.parse(process.argv[2]);

const exposes = { './app': './src/remote.js' };
const slices = remotes ? [] : ['./src/own-slice.js'];
const own = { name: app, slices, ...(remotes ? { remotes } : { filename: 'entry.js', exposes }) };

const builders = {
  webpack: () => pack(webpack, new IsthmusFederationPlugin(own)),
  rspack: () => pack(rspack, new IsthmusFederationPlugin(own)),
  enhanced: () => {
    const asked = { ...own, federation: ModuleFederationPlugin, dts: false, manifest: false };
    return pack(webpack, new IsthmusFederationPlugin(asked));
  },
  vite: () => buildWithVite('vite'),
  vite7: () => buildWithVite('vite-7'),
  vite6: () => buildWithVite('vite-6'),
};

function pack(compile, plugin) {
  const options = {
    context,
    mode: 'production',
    devtool: false,
    entry: remotes ? './src/index.js' : entry,
    output: { path: output, publicPath: 'auto', uniqueName: app, clean: true },
    performance: false,
    plugins: [new compile.DefinePlugin({ APP: JSON.stringify(app) }), plugin],
  };
  return bundle(compile, options);
}

/** By one of the installed releases. */
async function buildWithVite(vite) {
  register('./vite-version.mjs', import.meta.url, { data: vite });
  const { federation } = await import('@module-federation/vite');
  const { isthmusFederation } = await import('isthmus/vite');
  const { build, rolldownVersion } = await import('vite');
  await build({
    root: context,
    configFile: false,
    logLevel: 'error',
    define: { APP: JSON.stringify(app) },
    build: {
      target: 'esnext',
      outDir: output,
      emptyOutDir: true,
      [rolldownVersion ? 'rolldownOptions' : 'rollupOptions']: { input: entry },
    },
    plugins: [isthmusFederation({ ...own, federation, dts: false })],
  });
}

await builders[bundler]();
