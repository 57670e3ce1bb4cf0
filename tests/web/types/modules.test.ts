import { describe } from 'vitest';

import { growingState, otherModules } from './growing-state.js';
import { itCompiles } from './modules.js';
import { typedBySlices, typedBySliceStates } from './typed-slices.js';

describe('the types, by slices,', () => itCompiles(typedBySlices));

describe('the types, by SliceStates,', () => {
  itCompiles(typedBySliceStates);
  itCompiles(growingState);
});

describe('the types', () => itCompiles(otherModules));
