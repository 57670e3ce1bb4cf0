import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { demoBuild } from '../demo-build.js';

export default ({ federation, CssPlugin }) =>
  demoBuild({
    folder: 'remote-cart',
    title: 'Cart',
    CssPlugin,
    plugins: [
      new IsthmusFederationPlugin({
        name: 'remoteCart',
        filename: 'remoteEntry.js',
        exposes: { './App': './src/app.tsx' },
        slices: ['./src/cart-slice.ts'],
        federation,
      }),
    ],
  });
