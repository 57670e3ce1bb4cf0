import createModule from '../../build/wasm-release/engine.mjs';
import type { PlatformBytes } from '../base/platform-types.js';

/**
 * The compiled engine as Emscripten hands it over: embind functions under their names, raw exports with
 * a leading underscore. Every call returns a number; below zero it is an error (bindings/buffers.h).
 */
export interface EngineModule {
  readonly HEAPU8: PlatformBytes;

  defineProgram(definition: number, length: number): number;
  removeProgram(definition: number): number;
  createStore(store: number, serial: number, actionBytes: number, actionSteps: number): number;
  destroyStore(store: number): number;
  injectSlice(store: number, definition: number, length: number): number;
  replaceSlice(store: number, definition: number, length: number): number;
  removeSlice(store: number, length: number): number;
  prepareState(store: number, length: number): number;
  readStates(store: number): number;
  nameType(type: number, length: number): number;
  forgetType(type: number): number;
  watch(store: number, watch: number, length: number): number;
  unwatch(store: number, watch: number): number;
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
  errorCodes(): number;
  dropReasons(): number;

  _isthmus_input(size: number): number;
  _isthmus_inputSize(): number;
  _isthmus_beginList(isObject: number): number;
  _isthmus_stage(list: number, start: number, length: number, depth: number): number;
  _isthmus_unstage(): void;
  _isthmus_output(): number;
  _isthmus_prepare(store: number, length: number): number;
  _isthmus_commit(store: number, serial: number): number;
  _isthmus_dispatch(store: number, length: number): number;
  _isthmus_serial(store: number): number;
  _isthmus_discard(store: number): number;
  _isthmus_read(store: number, length: number): number;
  _isthmus_readWatched(store: number, watch: number): number;
  _isthmus_reduce(definition: number, length: number): number;
  _isthmus_edit(definition: number, length: number): number;
  _isthmus_give(store: number, length: number): number;
  _isthmus_change(store: number, length: number): number;
  _isthmus_outbound(
    bridge: number,
    length: number,
    enabled: number,
    now: number,
    asBytes: number,
  ): number;
  _isthmus_inbound(
    bridge: number,
    length: number,
    enabled: number,
    now: number,
    time: number,
    store: number,
  ): number;
  _isthmus_takePlain(bridge: number): number;
  _isthmus_inboundLegacy(bridge: number, length: number, enabled: number, now: number): number;
  _isthmus_isLegacyLimited(bridge: number, now: number): number;
  _isthmus_isLimited(bridge: number, length: number, now: number): number;
  _isthmus_settle(bridge: number, applied: number, isTooLarge: number): number;
  _isthmus_expectSlice(bridge: number, length: number): number;
  _isthmus_unexpectSlices(bridge: number, length: number): number;
  _isthmus_releaseParked(bridge: number, length: number, now: number): number;
  _isthmus_nextParked(bridge: number, length: number, enabled: number, now: number): number;
  _isthmus_dropParked(bridge: number, length: number): number;
  _isthmus_heard(bridge: number): number;
  _isthmus_addHeard(bridge: number, length: number): number;
  _isthmus_sweepParked(bridge: number, now: number): number;
  _isthmus_describeParked(bridge: number): number;
  _isthmus_openLog(bridge: number, length: number): number;
  _isthmus_converge(
    bridge: number,
    store: number,
    definition: number,
    length: number,
    wall: number,
    time: number,
  ): number;
  _isthmus_unconverge(bridge: number, store: number, length: number): number;
  _isthmus_readLogAnew(bridge: number): number;
  _isthmus_log(bridge: number, event: number, length: number, wall: number, time: number): number;
  _isthmus_logPulse(bridge: number, time: number): number;
  _isthmus_unsettled(bridge: number): number;
  _isthmus_isLogMoved(bridge: number): number;
  _isthmus_carry(bridge: number, length: number, wall: number, time: number): number;
  _isthmus_giveStates(bridge: number, length: number, time: number): number;
  _isthmus_describeLog(bridge: number, entries: number, time: number): number;
  _isthmus_recordWishes(bridge: number, whole: number): number;
  _isthmus_recordLog(bridge: number, whole: number, length: number): number;
  _isthmus_beginLog(bridge: number, length: number, wall: number, time: number): number;
  _isthmus_restoreLog(bridge: number, length: number, wall: number, time: number): number;
  _isthmus_prepareOwn(
    bridge: number,
    store: number,
    length: number,
    enabled: number,
    asBytes: number,
    wall: number,
    time: number,
  ): number;
  _isthmus_prepareShown(bridge: number, store: number, length: number): number;
  _isthmus_keyBuffer(size: number): number;
  _isthmus_member(id: number, length: number): number;
  _isthmus_members(id: number): number;
  _isthmus_unpin(id: number): number;
  _isthmus_salvage(): number;
  _isthmus_salvageSlice(store: number, place: number): number;
  _isthmus_salvageBooks(bridge: number): number;
  _isthmus_salvageLog(bridge: number): number;
  _isthmus_salvageParts(place: number, from: number): void;
}

/** What Emscripten's glue is told: how to come by an instance. The glue turns it into the module. */
export interface ModuleOptions {
  instantiateWasm: Instantiate;
}

/** Hands the compiled module and its instance to Emscripten's glue, once they exist. */
export type Instantiate = (
  imports: object,
  receive: (instance: object, module: object) => void,
) => object;

export const createEngineModule: (options: ModuleOptions) => Promise<EngineModule> = createModule;
