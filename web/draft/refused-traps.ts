import { notOnADraft } from './refusals.js';

/** What neither an object's draft nor an array's lets be done to it. */
export const refusedTraps = {
  defineProperty(): never {
    throw notOnADraft('Object.defineProperty', 'assign the value');
  },

  setPrototypeOf(): never {
    throw notOnADraft('Object.setPrototypeOf', 'a state holds plain data');
  },

  preventExtensions(): never {
    throw notOnADraft('Object.freeze', 'what comes of it is frozen when its reducer ends');
  },
};
