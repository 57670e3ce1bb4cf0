// One contender in a process of its own: `node time-first.mjs <JSON of its name>`.

import { firstDispatches } from './first-dispatches.mjs';

process.stdout.write(JSON.stringify(await firstDispatches(JSON.parse(process.argv[2]))));
