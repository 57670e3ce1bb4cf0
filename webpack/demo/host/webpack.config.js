import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { demoBuild } from '../demo-build.js';

export default ({ federation, CssPlugin }) =>
  demoBuild({
    folder: 'host',
    title: 'Isthmus demo',
    CssPlugin,
    plugins: [
      new IsthmusFederationPlugin({
        name: 'host',
        slices: ['./src/state/auth.ts', './src/state/session.ts', './src/state/tenant.ts'],
        federation,
      }),
    ],
  });
