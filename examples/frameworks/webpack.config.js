import HtmlWebpackPlugin from 'html-webpack-plugin';
import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { VueLoaderPlugin } from 'vue-loader';

const rules = [
  {
    test: /\.(jsx|ts)$/,
    loader: 'esbuild-loader',
    options: { jsx: 'automatic', target: 'es2022' },
  },
  { test: /\.vue$/, loader: 'vue-loader' },
  { test: /\.svelte$/, loader: 'svelte-loader' },
];

/** One build for each app; that of Angular is made by its own builder. */
const app = (name, federation, { entry = {}, plugins = [] } = {}) => ({
  name,
  mode: 'production',
  context: `${import.meta.dirname}/${name}`,
  entry,
  output: {
    path: `${import.meta.dirname}/dist/${name}`,
    publicPath: 'auto',
    uniqueName: name,
    clean: true,
  },
  resolve: { conditionNames: ['svelte', '...'], extensionAlias: { '.js': ['.ts', '.js'] } },
  module: { rules },
  performance: { hints: false },
  plugins: [new IsthmusFederationPlugin({ name, ...federation }), ...plugins],
});

const remote = (name, file, plugins) =>
  app(name, { filename: 'remoteEntry.js', exposes: { './mount': file } }, { plugins });

const names = ['react', 'vue', 'svelte', 'angular'];
const remotes = Object.fromEntries(
  names.map((name) => [name, `${name}@http://localhost:4320/${name}/remoteEntry.js`]),
);

export default [
  app(
    'host',
    { remotes },
    { entry: './index.js', plugins: [new HtmlWebpackPlugin({ title: 'Host' })] },
  ),
  remote('react', './mount.jsx'),
  remote('vue', './mount.js', [new VueLoaderPlugin()]),
  remote('svelte', './mount.js'),
];
