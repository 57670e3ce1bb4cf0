export type { Action, Middleware, Reducer } from 'redux';
export type {
  BridgeCounters,
  BridgeLimits,
  Crossing,
  Drop,
  DropReason,
  Gap,
  StoreBridge,
} from './api/bridge.js';
export type {
  Casters,
  Contract,
  ContractDescription,
  Contracts,
  JsonSchema,
  NeverPath,
} from './api/contract.js';
export type {
  ExpectedSliceInspection,
  Inspection,
  OwnerInspection,
  SliceInspection,
} from './api/inspection.js';
export type {
  Divergence,
  LogEntry,
  LogGap,
  LogInspection,
  LogOptions,
  LogSliceInspection,
  OtherRelease,
  Rebase,
  StoreLogView,
} from './api/log.js';
export type { Membership, MembershipOptions } from './api/membership.js';
export { type AnyNativeSlice } from './api/slice.js';
export type {
  Convergence,
  InjectOptions,
  JsSlice,
  Lease,
  AnySlice as Slice,
  Status,
  ToolkitSlice,
  Upcast,
} from './api/slice.js';
export type { StateOf } from './api/slice-states.js';
export type { AnyState, SharedStore, SliceStates } from './api/store.js';
export {
  EngineError,
  IsthmusError,
  ReducerError,
  type ErrorCode,
  type ReducerFailure,
} from './base/errors.js';
export type { Path } from './base/path.js';
export type { LegacyChannel } from './bridge/legacy-channel.js';
export { type LoadOptions } from './bridge/load-engine.js';
export { loadEngine } from './federation/loading.js';
export { crossApp, isBridged } from './bridge/mark.js';
export type {
  OpenTransport,
  Transport,
  TransportLockRequest,
  TransportLocks,
  TransportTimers,
  TransportVisibility,
} from './bridge/transport.js';
export { current, isDraft, original } from './draft/inspect.js';
export { type EngineSource } from './engine/engine-source.js';
export { onRecovered, type LostState, type Recovery } from './engine/recovery.js';
export { plain } from './engine/views/views.js';
export { assertShared } from './federation/assert-shared.js';
export type { BridgeOptions } from './federation/bridge-options.js';
export { describeContracts } from './federation/connected-stores.js';
export {
  converging,
  type ConvergingOptions,
  type ConvergingSlice,
} from './federation/converging.js';
export {
  createIsolatedStore,
  type IsolatedStore,
  type IsolatedStoreOptions,
} from './federation/isolated-store.js';
export { getSharedStore, joinSharedStore, type JoinOptions } from './federation/shared-store.js';
export { storeParts } from './federation/store-parts.js';
export { onDuplicate, type Duplicate } from './page/copies.js';
export type { Copy } from './page/realm.js';
export type { ActionCreator, Prepare, SliceAction } from './program/action-creator.js';
export { defineSlice, type NativeSlice, type SliceDefinition } from './program/define-slice.js';
export type { FunctionReducer } from './program/function-reducer.js';
export { native, type NativeToolkitSlice } from './program/native.js';
