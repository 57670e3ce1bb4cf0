import { notOnADraft } from './refusals.js';

// What neither an object's draft nor an array's lets be done to it. One by one, since bundlers keep an object that
// another one is spread into.

export function refuseDefinition(): never {
  throw notOnADraft('Object.defineProperty', 'assign the value');
}

export function refusePrototype(): never {
  throw notOnADraft('Object.setPrototypeOf', 'a state holds plain data');
}

export function refuseFreezing(): never {
  throw notOnADraft('Object.freeze', 'what comes of it is frozen when its reducer ends');
}
