import { IsthmusFederationPlugin } from 'isthmus/webpack';

export default {
  output: { publicPath: 'auto', uniqueName: 'angular' },
  optimization: { runtimeChunk: false },
  plugins: [
    new IsthmusFederationPlugin({
      name: 'angular',
      filename: 'remoteEntry.js',
      exposes: { './mount': './angular/mount.ts' },
    }),
  ],
};
