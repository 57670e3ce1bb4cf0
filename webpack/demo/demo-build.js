import path from 'node:path';
import HtmlWebpackPlugin from 'html-webpack-plugin';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';

const repository = path.resolve(import.meta.dirname, '../..');

/**
 * What the three builds have in common; each adds its own IsthmusFederationPlugin.
 *
 * webpack builds the demo, and calls the configs with an `env` that says nothing here. For another
 * bundler (tests/matrix/bundlers) it names the `federation` plugin, where that is not the bundler's
 * own, and the `CssPlugin` in place of MiniCssExtractPlugin.
 */
export function demoBuild({ folder, title, plugins, CssPlugin = MiniCssExtractPlugin }) {
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
    module: { rules: [typescript(), css(CssPlugin)] },
    plugins: [
      ...plugins,
      new CssPlugin({ filename: '[name].[contenthash:12].css' }),
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

function css(CssPlugin) {
  return { test: /\.css$/, use: [CssPlugin.loader, 'css-loader'], sideEffects: true };
}
