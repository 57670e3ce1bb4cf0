/**
 * The compiled engine: its exports, and the functions that embind tells of, each under its name. Every call
 * returns a number; below zero it is an error (bindings/buffers.h).
 */
export interface EngineModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly __indirect_function_table: { get(index: number): unknown };
  _initialize(): void;

  isthmus_defineProgram(definition: number, length: number): number;
  isthmus_removeProgram(definition: number): number;
  isthmus_createStore(
    store: number,
    serial: number,
    actionBytes: number,
    actionSteps: number,
  ): number;
  isthmus_destroyStore(store: number): number;
  isthmus_injectSlice(store: number, definition: number, length: number): number;
  isthmus_replaceSlice(store: number, definition: number, length: number): number;
  isthmus_removeSlice(store: number, length: number): number;
  isthmus_prepareState(store: number, length: number): number;
  isthmus_readStates(store: number): number;
  isthmus_nameType(type: number, length: number): number;
  isthmus_forgetType(type: number): number;
  isthmus_watch(store: number, watch: number, length: number): number;
  isthmus_unwatch(store: number, watch: number): number;
  isthmus_bindCrossing(): void;
  createBridge(bridge: number, length: number): number;
  restoreBooks(bridge: number, unsettled: number, length: number): number;
  destroyBridge(bridge: number): number;
  addContract(bridge: number, length: number): number;
  removeContracts(bridge: number, length: number): number;
  describeContracts(bridge: number): number;
  createGate(gate: number, length: number): number;
  destroyGate(gate: number): number;
  outboundPayload(gate: number, length: number): number;
  inboundPayload(gate: number, length: number): number;
  countDrop(bridge: number, reason: number): number;
  countRefusal(bridge: number, reason: number, length: number): number;
  countUnsent(bridge: number, length: number): number;
  counters(bridge: number): number;
  isthmus_errorCodes(): number;
  dropReasons(): number;

  isthmus_input(size: number): number;
  isthmus_inputSize(): number;
  isthmus_beginList(isObject: number): number;
  isthmus_stage(list: number, start: number, length: number, depth: number): number;
  isthmus_unstage(): void;
  isthmus_output(): number;
  isthmus_prepare(store: number, length: number): number;
  isthmus_commit(store: number, serial: number): number;
  isthmus_dispatch(store: number, length: number): number;
  isthmus_serial(store: number): number;
  isthmus_discard(store: number): number;
  isthmus_read(store: number, length: number): number;
  isthmus_readWatched(store: number, watch: number): number;
  isthmus_reduce(definition: number, length: number): number;
  isthmus_edit(definition: number, length: number): number;
  isthmus_give(store: number, length: number): number;
  isthmus_change(store: number, length: number): number;
  isthmus_outbound(
    bridge: number,
    length: number,
    enabled: number,
    now: number,
    asBytes: number,
  ): number;
  isthmus_inbound(
    bridge: number,
    length: number,
    enabled: number,
    now: number,
    time: number,
    store: number,
  ): number;
  isthmus_takePlain(bridge: number): number;
  isthmus_inboundLegacy(bridge: number, length: number, enabled: number, now: number): number;
  isthmus_isLegacyLimited(bridge: number, now: number): number;
  isthmus_isLimited(bridge: number, length: number, now: number): number;
  isthmus_settle(bridge: number, applied: number, isTooLarge: number): number;
  isthmus_expectSlice(bridge: number, length: number): number;
  isthmus_unexpectSlices(bridge: number, length: number): number;
  isthmus_releaseParked(bridge: number, length: number, now: number): number;
  isthmus_nextParked(bridge: number, length: number, enabled: number, now: number): number;
  isthmus_dropParked(bridge: number, length: number): number;
  isthmus_heard(bridge: number): number;
  isthmus_addHeard(bridge: number, length: number): number;
  isthmus_sweepParked(bridge: number, now: number): number;
  isthmus_describeParked(bridge: number): number;
  isthmus_openLog(bridge: number, length: number): number;
  isthmus_converge(
    bridge: number,
    store: number,
    definition: number,
    length: number,
    wall: number,
    time: number,
  ): number;
  isthmus_unconverge(bridge: number, store: number, length: number): number;
  isthmus_readLogAnew(bridge: number): number;
  isthmus_log(bridge: number, event: number, length: number, wall: number, time: number): number;
  isthmus_logPulse(bridge: number, time: number): number;
  isthmus_unsettled(bridge: number): number;
  isthmus_isLogMoved(bridge: number): number;
  isthmus_carry(bridge: number, length: number, wall: number, time: number): number;
  isthmus_giveStates(bridge: number, length: number, time: number): number;
  isthmus_describeLog(bridge: number, entries: number, time: number): number;
  isthmus_recordWishes(bridge: number, whole: number): number;
  isthmus_recordLog(bridge: number, whole: number, length: number): number;
  isthmus_beginLog(bridge: number, length: number, wall: number, time: number): number;
  isthmus_restoreLog(bridge: number, length: number, wall: number, time: number): number;
  isthmus_prepareOwn(
    bridge: number,
    store: number,
    length: number,
    enabled: number,
    asBytes: number,
    wall: number,
    time: number,
  ): number;
  isthmus_recordOwn(
    bridge: number,
    length: number,
    enabled: number,
    asBytes: number,
    wall: number,
    time: number,
  ): number;
  isthmus_prepareShown(bridge: number, store: number, length: number): number;
  isthmus_keyBuffer(size: number): number;
  isthmus_member(id: number, length: number): number;
  isthmus_members(id: number): number;
  isthmus_unpin(id: number): number;
  isthmus_salvage(): number;
  isthmus_salvageSlice(store: number, place: number): number;
  isthmus_salvageBooks(bridge: number): number;
  isthmus_salvageLog(bridge: number): number;
  isthmus_salvageParts(place: number, from: number): void;
}
