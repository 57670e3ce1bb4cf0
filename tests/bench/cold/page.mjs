import { firstDispatches } from './first-dispatches.mjs';

Object.assign(globalThis, { firstDispatches });
