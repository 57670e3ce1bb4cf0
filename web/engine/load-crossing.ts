import type * as crossing from './crossing.js';

/**
 * The code about what crosses, which is loaded late. In dist this is a file of its own: webpack keeps whatever is
 * imported so in a file of which it keeps anything.
 */
export const loadCrossingCode = (): Promise<typeof crossing> => import('./crossing.js');
