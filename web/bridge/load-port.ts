/** The code of ports, which is loaded late; a file of its own in dist for the reason in web/engine/load-crossing.ts. */
export const loadPortCode = (): Promise<typeof import('./port.js')> => import('./port.js');
