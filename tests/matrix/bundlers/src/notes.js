import { defineSlice } from 'isthmus';
import { payload, push } from 'isthmus/program';

/** A slice of one app; every app writes down what the host notes, too. */
export function notes(app) {
  return defineSlice({
    name: `notes-${app}`,
    initialState: [],
    reducers: { add: [push('', payload())] },
    on: app === 'host' ? {} : { 'notes-host/add': [push('', payload())] },
    contract: { [`notes-${app}/add`]: { payload: { type: 'string', maxLength: 32 } } },
  });
}
