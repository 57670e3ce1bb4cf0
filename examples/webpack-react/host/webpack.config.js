import HtmlWebpackPlugin from 'html-webpack-plugin';
import { IsthmusFederationPlugin } from 'isthmus/webpack';

export default {
  mode: 'production',
  context: import.meta.dirname,
  entry: './index.js',
  output: { path: `${import.meta.dirname}/dist`, publicPath: 'auto', clean: true },
  module: {
    rules: [
      {
        test: /\.jsx?$/,
        loader: 'esbuild-loader',
        options: { jsx: 'automatic', target: 'es2022' },
      },
    ],
  },
  plugins: [
    new IsthmusFederationPlugin({
      name: 'host',
      remotes: { counter: 'counter@http://localhost:4311/remoteEntry.js' },
    }),
    new HtmlWebpackPlugin({ title: 'Host' }),
  ],
};
