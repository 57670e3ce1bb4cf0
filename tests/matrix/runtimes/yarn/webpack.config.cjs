const { IsthmusFederationPlugin } = require('isthmus/webpack');

module.exports = {
  mode: 'production',
  devtool: false,
  entry: './src/index.js',
  output: { publicPath: 'auto', filename: 'main.js' },
  performance: false,
  plugins: [
    new IsthmusFederationPlugin({
      name: 'counter',
      filename: 'remoteEntry.js',
      exposes: { './app': './src/app.js' },
      slices: ['./src/counter-slice.js'],
    }),
  ],
};
