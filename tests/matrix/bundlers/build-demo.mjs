// Builds the demo's host and remotes with a bundler other than its own webpack:
// `node build-demo.mjs <bundler> <output>`, into a folder of each app's name. The demo's configs say
// what is built, exposed and shared. What goes wrong is printed.

import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModuleFederationPlugin } from '@module-federation/enhanced/webpack';
import { rspack } from '@rspack/core';
import { bundle } from './bundle.mjs';

const require = createRequire(import.meta.url);
const webpack = require('webpack');
const demo = path.resolve(import.meta.dirname, '../../../webpack/demo');
const apps = ['host', 'remote-cart', 'remote-profile'];
const [bundler, output] = process.argv.slice(2);

/** How each bundler compiles what the demo's configs return, which take `env`. */
const bundlers = {
  enhanced: {
    compile: webpack,
    env: { federation: enhancedPlugin },
    // From webpack 5.111 on, enhanced builds no entry with a hash in its name (core#5077).
    filename: '[name].js',
  },
  rspack: {
    compile: rspack,
    env: { federation: rspackPlugin, CssPlugin: rspack.CssExtractRspackPlugin },
  },
};

function enhancedPlugin(options) {
  return new ModuleFederationPlugin({ ...options, dts: false, manifest: false });
}

// The demo's folder, where Rspack would look for its runtime, has none.
function rspackPlugin(options) {
  const implementation = require.resolve('@module-federation/runtime-tools');
  return new rspack.container.ModuleFederationPlugin({ ...options, implementation });
}

const { compile, env, filename } = bundlers[bundler];
for (const app of apps) {
  const config = await import(pathToFileURL(path.join(demo, app, 'webpack.config.js')));
  const options = config.default(env);
  options.output.path = path.join(output, app);
  options.output.filename = filename ?? options.output.filename;
  await bundle(compile, { ...options, devtool: false });
}
