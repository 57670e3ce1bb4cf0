import { IsthmusFederationPlugin } from 'isthmus/webpack';

export default {
  mode: 'production',
  context: import.meta.dirname,
  entry: {},
  output: {
    path: `${import.meta.dirname}/dist`,
    publicPath: 'auto',
    uniqueName: 'counter',
    clean: true,
  },
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  module: {
    rules: [
      {
        test: /\.(jsx|ts)$/,
        loader: 'esbuild-loader',
        options: { jsx: 'automatic', target: 'es2022' },
      },
    ],
  },
  plugins: [
    new IsthmusFederationPlugin({
      name: 'counter',
      filename: 'remoteEntry.js',
      exposes: { './mount': './mount.jsx' },
      slices: ['./counter-slice.ts'],
    }),
  ],
};
