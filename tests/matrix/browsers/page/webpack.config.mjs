// Two builds, `--env remote=<url>` says where the remote will be served from, `--env output=<folder>`
// where the builds go.

import path from 'node:path';
import { IsthmusFederationPlugin } from 'isthmus/webpack';

export default (env) => [
  build(env, 'host', './host.js', { remotes: { remote: `remote@${env.remote}/entry.js` } }),
  build(env, 'remote', './remote.js', {
    filename: 'entry.js',
    exposes: { './cart': './remote.js' },
  }),
];

function build({ output }, name, entry, federation) {
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
