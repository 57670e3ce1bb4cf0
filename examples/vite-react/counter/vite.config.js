import { federation } from '@module-federation/vite';
import react from '@vitejs/plugin-react';
import { isthmusFederation } from 'isthmus/vite';

export default {
  plugins: [
    react(),
    isthmusFederation({
      federation,
      name: 'counter',
      filename: 'remoteEntry.js',
      exposes: { './Counter': './Counter.jsx' },
      slices: ['./counter-slice.js'],
      dts: false, // they are for TypeScript
    }),
  ],
  build: { rolldownOptions: { input: {} } }, // it has no page of its own
  cacheDir: '../node_modules/.vite/counter',
  server: { port: 4331, strictPort: true },
  preview: { port: 4331 },
};
