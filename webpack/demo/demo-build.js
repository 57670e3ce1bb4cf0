import path from 'node:path';
import HtmlWebpackPlugin from 'html-webpack-plugin';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';

const repository = path.resolve(import.meta.dirname, '../..');

/** What the three builds have in common; each adds its own IsthmusFederationPlugin. */
export function demoBuild({ folder, title, plugins }) {
  const context = path.join(import.meta.dirname, folder);
  return {
    name: folder,
    context,
    mode: 'production',
    devtool: 'source-map',
    entry: './src/index.ts',
    output: {
      path: path.join(repository, 'build/demo', folder),
      publicPath: 'auto',
      filename: '[name].[contenthash:12].js',
      chunkFilename: '[name].[contenthash:12].js',
      assetModuleFilename: '[name].[contenthash:12][ext]',
      uniqueName: folder,
      crossOriginLoading: 'anonymous',
      clean: true,
    },
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    module: { rules: [typescript(), css()] },
    plugins: [
      ...plugins,
      new MiniCssExtractPlugin({ filename: '[name].[contenthash:12].css' }),
      new HtmlWebpackPlugin({ title, template: './src/index.html', chunks: ['main'] }),
    ],
    performance: false,
  };
}

function typescript() {
  const configFile = path.join(import.meta.dirname, 'tsconfig.json');
  const options = { configFile, onlyCompileBundledFiles: true };
  return { test: /\.tsx?$/, use: { loader: 'ts-loader', options } };
}

function css() {
  return { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'], sideEffects: true };
}
