// An entry with two faults: shared modules at once, and isthmus by its path.
import { notes } from './notes.js';

import('../node_modules/isthmus/dist/index.js').then(({ plain }) => plain(notes('host')));
