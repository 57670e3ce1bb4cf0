import { federation } from '@module-federation/vite';
import react from '@vitejs/plugin-react';
import { isthmusFederation } from 'isthmus/vite';

export default {
  plugins: [
    react(),
    isthmusFederation({
      federation,
      name: 'host',
      remotes: {
        counter: {
          type: 'module',
          name: 'counter',
          entry: 'http://localhost:4331/remoteEntry.js',
        },
      },
      dts: false, // they are for TypeScript
    }),
  ],
  cacheDir: '../node_modules/.vite/host', // of its own, since both apps have one node_modules
  server: { port: 4330, strictPort: true },
  preview: { port: 4330 },
};
