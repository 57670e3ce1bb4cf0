// `npm run bench`: the built package beside Redux with hand-written reducers, Redux Toolkit and zustand
// with immer, doing the same work in the same run. Progress goes to stderr.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../tools/paths.mjs';
import { Failure, main } from '../../tools/process.mjs';

const here = new URL('.', import.meta.url);

await main(async () => {
  const args = process.argv.slice(2);
  // Everything else imports the package, which may have to be built first.
  if (!args.includes('--no-build')) buildPackage();
  const { runBenchmark } = await import(new URL('benchmark.mjs', here));
  await runBenchmark(args);
});

/** Standard output is kept for the rows. */
function buildPackage() {
  const { status } = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Failure('The package could not be built.');
}
