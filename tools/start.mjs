// `npm start`: sets the machine up, builds the package and the demo, and serves the demo.

import { buildDemo } from './build-demo.mjs';
import { buildPackage } from './build.mjs';
import { beforeStop, Failure, main } from './process.mjs';
import { setUp } from './setup.mjs';

const ports = { host: 4100, cart: 4101, profile: 4102 };

await main(async () => {
  await setUp();
  await buildPackage();
  await buildDemo();
  const { serveDemo } = await import('../webpack/demo/serve.mjs');
  const demo = await serveDemo({ ports }).catch((error) => {
    throw new Failure(error.message);
  });
  beforeStop(demo.close);
  console.log(`\nThe Isthmus demo runs at ${demo.urls.host}  (stop it with Ctrl+C)`);
});
