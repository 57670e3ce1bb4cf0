import { createSlice } from '@reduxjs/toolkit';
import { native } from 'isthmus';
import { counting } from '../isthmus-counter.mjs';

/** A slice of Redux Toolkit that the engine holds. */
export const open = () => counting(() => native(createSlice({ ...slice, reducers: { add } })));

const slice = { name: 'counter', initialState: { value: 0 } };
const add = (state) => void (state.value += 1);
