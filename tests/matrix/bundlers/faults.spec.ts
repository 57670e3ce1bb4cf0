import { expect, test } from '@playwright/test';
import { buildApp, type Bundler } from './mixed-page.js';

const eager = /\.\/src\/notes\.js imports 'isthmus' while entry 'main' starts/;
const byPath =
  /\.\/src\/at-once\.js imports '.*isthmus\/dist\/index\.js'.* not the shared 'isthmus'/s;

for (const bundler of ['webpack', 'enhanced', 'rspack', 'vite'] as Bundler[]) {
  test(`a build by ${bundler} fails for what would break on the page`, async () => {
    const job = { app: `${bundler}Fault`, bundler, entry: './src/at-once.js' };
    const told = await buildApp(job).then(() => 'no error', String);
    expect(told).toMatch(byPath);
    // Vite's plugin makes every import of a share asynchronous, and needs no boundary.
    if (bundler !== 'vite') expect(told).toMatch(eager);
  });
}
