/**
 * The type of the action by which a store tells its middleware that the log has put crossing actions into another
 * order, or has given it a state: converging slices may have other states afterwards.
 */
export const REBASED = '@@isthmus/rebased';
