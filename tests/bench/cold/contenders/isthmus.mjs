import { defineSlice } from 'isthmus';
import { inc } from 'isthmus/program';
import { counting } from '../isthmus-counter.mjs';

/** A reducer of steps. */
export const open = () =>
  counting(() => defineSlice({ ...slice, reducers: { add: [inc('/value')] } }));

const slice = { name: 'counter', initialState: { value: 0 } };
