import type { EngineModule } from './module.js';

/** The raw exports of every dispatch, read and message. */
export interface HotCalls {
  readonly output: EngineModule['_isthmus_output'];
  readonly dispatch: EngineModule['_isthmus_dispatch'];
  readonly reduce: EngineModule['_isthmus_reduce'];
  readonly edit: EngineModule['_isthmus_edit'];
  readonly give: EngineModule['_isthmus_give'];
  readonly change: EngineModule['_isthmus_change'];
  readonly read: EngineModule['_isthmus_read'];
  readonly readWatched: EngineModule['_isthmus_readWatched'];
  readonly member: EngineModule['_isthmus_member'];
  readonly inbound: EngineModule['_isthmus_inbound'];
  readonly logPulse: EngineModule['_isthmus_logPulse'];
}

/**
 * The exports themselves. As members of the module they are stubs until their first call, and are looked
 * up among sixty others later, which takes a counter's dispatch 15 % longer. Nothing has the number 0, so
 * these first calls find nothing to do.
 */
export function hotCalls(module: EngineModule): HotCalls {
  module._isthmus_output();
  module._isthmus_dispatch(0, 0);
  module._isthmus_reduce(0, 0);
  module._isthmus_edit(0, 0);
  module._isthmus_give(0, 0);
  module._isthmus_change(0, 0);
  module._isthmus_read(0, 0);
  module._isthmus_readWatched(0, 0);
  module._isthmus_member(0, 0);
  module._isthmus_inbound(0, 0, 0, 0, 0, 0);
  module._isthmus_logPulse(0, 0);
  return {
    output: module._isthmus_output,
    dispatch: module._isthmus_dispatch,
    reduce: module._isthmus_reduce,
    edit: module._isthmus_edit,
    give: module._isthmus_give,
    change: module._isthmus_change,
    read: module._isthmus_read,
    readWatched: module._isthmus_readWatched,
    member: module._isthmus_member,
    inbound: module._isthmus_inbound,
    logPulse: module._isthmus_logPulse,
  };
}
