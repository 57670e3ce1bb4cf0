import { IsthmusFederationPlugin } from 'isthmus/webpack';
import { demoBuild } from '../demo-build.js';

export default demoBuild({
  folder: 'remote-profile',
  title: 'Profile',
  plugins: [
    new IsthmusFederationPlugin({
      name: 'remoteProfile',
      filename: 'remoteEntry.js',
      exposes: { './App': './src/app.tsx' },
      slices: ['./src/profile-slice.ts'],
    }),
  ],
});
