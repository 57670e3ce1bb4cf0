// One case in a process of its own: `node --expose-gc time-case.mjs <JSON of measureCase's argument>`.

import { measureCase } from '../measure-case.mjs';

process.stdout.write(JSON.stringify(await measureCase(JSON.parse(process.argv[2]))));
