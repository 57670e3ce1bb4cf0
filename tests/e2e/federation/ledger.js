import { crossApp, defineSlice } from 'isthmus';
import { payload, push } from 'isthmus/program';

/** A slice that writes down every entry, whichever app dispatched it. */
export function ledger(name) {
  return defineSlice({
    name,
    initialState: [],
    reducers: {},
    on: { 'entries/made': [push('', payload())] },
  });
}

export const contract = { 'entries/made': { payload: { type: 'string', maxLength: 32 } } };

/** Marked, so that it reaches every store of every tab. */
export const made = (entry) => crossApp({ type: 'entries/made', payload: entry });
