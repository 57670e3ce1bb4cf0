// `npm run campaign [-- schedules [seed]]`: so many seeded schedules of the log's campaign (default
// 1,000,000, an hour and a half), from that seed on (default 1,000,000: others than those of the tests).

import { join } from 'node:path';
import { buildWithCMake } from './build.mjs';
import { root } from './paths.mjs';
import { Failure, main, run } from './process.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  const [schedules = '1000000', seed = '1000000'] = process.argv.slice(2);
  if (!(Number(schedules) > 0)) throw new Failure('Usage: npm run campaign [-- schedules [seed]]');
  await setUp();
  await buildWithCMake('dev', { target: 'log_campaign', quiet: false });
  const env = { ISTHMUS_SCHEDULES: schedules, ISTHMUS_SEED: seed };
  const { code } = await run(join(root, 'build/dev/log_campaign'), [], { cwd: root, env });
  return code;
});
