// Builds one app with one bundler: `node build.mjs '<JSON>'` with { bundler, app, output, remotes,
// entry }, where `remotes`, by the host's names for them, make it a host. What goes wrong is printed.

import { createRequire } from 'node:module';
import { ModuleFederationPlugin } from '@module-federation/enhanced/webpack';
import { federation } from '@module-federation/vite';
import { rspack } from '@rspack/core';
import { isthmusFederation } from 'isthmus/vite';
import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { build as buildWithVite } from 'vite';
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
  vite: () => {
    return buildWithVite({
      root: context,
      configFile: false,
      logLevel: 'error',
      define: { APP: JSON.stringify(app) },
      build: {
        target: 'esnext',
        outDir: output,
        emptyOutDir: true,
        rolldownOptions: { input: entry },
      },
      plugins: [isthmusFederation({ ...own, federation, dts: false })],
    });
  },
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

await builders[bundler]();
