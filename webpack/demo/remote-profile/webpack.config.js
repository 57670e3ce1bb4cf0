import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { demoBuild } from '../demo-build.js';

export default ({ federation, CssPlugin }) =>
  demoBuild({
    folder: 'remote-profile',
    title: 'Profile',
    CssPlugin,
    plugins: [
      new IsthmusFederationPlugin({
        name: 'remoteProfile',
        filename: 'remoteEntry.js',
        exposes: { './App': './src/app.tsx' },
        slices: ['./src/profile-slice.ts'],
        federation,
      }),
    ],
  });
