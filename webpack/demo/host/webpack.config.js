import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { demoBuild } from '../demo-build.js';

export default demoBuild({
  folder: 'host',
  title: 'Isthmus demo',
  plugins: [
    new IsthmusFederationPlugin({
      name: 'host',
      slices: ['./src/state/auth.ts', './src/state/tenant.ts'],
    }),
  ],
});
