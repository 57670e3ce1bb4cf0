import { defineSlice } from 'isthmus';
import { counting } from '../isthmus-counter.mjs';

/** A reducer that is a function, which writes to a draft. */
export const open = () => counting(() => defineSlice({ ...slice, reducers: { add } }));

const slice = { name: 'counter', initialState: { value: 0 } };
const add = (state) => void (state.value += 1);
