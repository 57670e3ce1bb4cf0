// Hosts and remotes on several releases of isthmus, and with faults that IsthmusFederationPlugin refuses:
// these teams have only its shared block. `--env releases=<folder>` says where the releases are,
// `--env output=<folder>` where the builds go.

import path from 'node:path';
import { sharedState } from 'isthmus/webpack';
import webpack from 'webpack';

const { ModuleFederationPlugin } = webpack.container;

const shares = { isthmus: { requiredVersion: '^0.3.0' } };
const eager = { isthmus: { ...shares.isthmus, eager: true }, redux: { eager: true } };
const none = { isthmus: false };

export default ({ releases, output }) => {
  const remote = (name, release, shared, exposed = './shared-import.js') =>
    build(name, release, {
      plugins: [federated(name, shared, { filename: 'entry.js', exposes: { './app': exposed } })],
    });
  const demoCart = (name, release) =>
    build(name, release, {
      plugins: [
        federated('remoteCart', none, {
          filename: 'remoteEntry.js',
          exposes: { './App': './demo-cart.js' },
        }),
      ],
    });
  return [
    build('host', '0.3.1', { entry: './host.js', plugins: [federated('host', shares)] }),
    build('eager', '0.3.1', { entry: './eager-host.js', plugins: [federated('eager', eager)] }),
    build('classic', '0.3.1', { entry: './eager-host.js' }),
    remote('shared', '0.3.1', shares),
    remote('newerShared', '0.4.0', { isthmus: { requiredVersion: '^0.4.0' } }),
    remote('unshared', '0.3.1', none),
    remote('relative', '0.3.1', shares, './relative-import.js'),
    remote('newer', '0.4.0', none),
    remote('older', '0.3.0', none),
    remote('other', '1.0.0', none),
    demoCart('demoCart', '0.4.0'),
    demoCart('demoCartOther', '1.0.0'),
  ];

  function build(name, release, { entry = {}, plugins = [] }) {
    return {
      name,
      context: import.meta.dirname,
      mode: 'production',
      devtool: false,
      entry,
      output: { path: path.join(output, name), publicPath: 'auto', uniqueName: name, clean: true },
      resolve: { alias: { isthmus$: path.join(releases, release, 'dist/index.js') } },
      optimization: { minimize: false, nodeEnv: 'development' },
      performance: false,
      plugins,
    };
  }
};

function federated(name, shared, exposed = {}) {
  return new ModuleFederationPlugin({ name, shared: sharedState(shared), ...exposed });
}
