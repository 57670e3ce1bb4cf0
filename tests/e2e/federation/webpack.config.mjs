// Four builds: a host and three remotes of the same source. `--env one=<url>` and so on say where the
// remotes will be served from, `--env output=<folder>` where the builds go.

import path from 'node:path';
import { IsthmusFederationPlugin } from 'isthmus/webpack';

const remotes = ['one', 'two', 'three'];

export default (env) => [
  build(env, 'host', './host.js', {
    remotes: Object.fromEntries(remotes.map((name) => [name, `${name}@${env[name]}/entry.js`])),
  }),
  ...remotes.map((name) =>
    build(env, name, './remote.js', { filename: 'entry.js', exposes: { './app': './remote.js' } }),
  ),
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
