// Two builds, a host and a remote. `--env cart=<url>` says where the remote will be served from,
// `--env output=<folder>` where the builds go.

import path from 'node:path';
import { IsthmusFederationPlugin } from 'isthmus/webpack';

export default ({ output, cart }) => [
  build(output, 'host', './host.js', { remotes: { cart: `cart@${cart}/entry.js` } }),
  build(output, 'cart', './remote.js', {
    filename: 'entry.js',
    exposes: { './app': './remote.js' },
  }),
];

function build(output, name, entry, federation) {
  return {
    name,
    context: import.meta.dirname,
    mode: 'production',
    devtool: false,
    entry,
    output: { path: path.join(output, name), publicPath: 'auto', uniqueName: name, clean: true },
    optimization: { minimize: false },
    performance: false,
    plugins: [new IsthmusFederationPlugin({ name, ...federation })],
  };
}
