import { IsthmusFederationPlugin } from 'isthmus/webpack';

export default {
  output: { publicPath: 'auto', uniqueName: 'host' },
  optimization: { runtimeChunk: false },
  plugins: [
    new IsthmusFederationPlugin({
      name: 'host',
      remotes: { counter: 'counter@http://localhost:4351/remoteEntry.js' },
    }),
  ],
};
