import type * as port from './port.js';

/** The code of ports, which is loaded late; a file of its own in dist for the reason in web/engine/load-crossing.ts. */
export const loadPortCode = (): Promise<typeof port> => import('./port.js');
