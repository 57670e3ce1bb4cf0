export { isBridged, crossApp } from './bridge/mark.js';
export type { LegacyChannel } from './bridge/legacy-channel.js';
export type { OpenTransport, Transport } from './bridge/transport.js';
export {
  EngineError,
  IsthmusError,
  ReducerError,
  type EngineErrorCode,
  type ErrorCode,
  type ReducerFailure,
} from './engine/errors.js';
export { loadEngine, type EngineSource } from './engine/load.js';
export { plain } from './engine/views.js';
export type { Copy } from './engine/realm.js';
export { assertShared } from './federation/assert-shared.js';
export type { BridgeOptions } from './federation/bridge-options.js';
export { onDuplicate, type Duplicate } from './federation/copies.js';
export { onRecovered, type LostState, type Recovery } from './engine/recovery.js';
export { describeContracts } from './federation/describe-contracts.js';
export {
  createIsolatedStore,
  type IsolatedStore,
  type IsolatedStoreOptions,
} from './federation/isolated-store.js';
export type { Membership, MembershipOptions } from './federation/membership.js';
export {
  adoptReduxStore,
  extendReduxStore,
  type ExtendedStore,
  type ReduxStoreOptions,
} from './federation/redux-store.js';
export { getSharedStore, joinSharedStore, type JoinOptions } from './federation/shared-store.js';
export type { ActionCreator, Prepare, SliceAction } from './store/action-creator.js';
export {
  inc,
  insert,
  merge,
  push,
  remove,
  removeWhere,
  reset,
  set,
  unset,
  updateWhere,
  upsert,
  when,
  type StepPath,
  type Upsert,
} from './store/builders.js';
export {
  addMany,
  addOne,
  removeAll,
  removeMany,
  removeOne,
  setAll,
  setMany,
  setOne,
  updateMany,
  updateOne,
  upsertMany,
  upsertOne,
} from './store/entity-builders.js';
export type { EntityOptions } from './store/entity-step.js';
export {
  add,
  and,
  div,
  eq,
  gt,
  gte,
  incoming,
  item,
  literal,
  lt,
  lte,
  meta,
  mod,
  mul,
  ne,
  not,
  object,
  or,
  payload,
  state,
  sub,
  type Call,
  type Expression,
  type Var,
} from './store/expressions.js';
export {
  defineSlice,
  type AnyNativeSlice,
  type NativeSlice,
  type SliceDefinition,
} from './store/native-slice.js';
export type { JoinedStore } from './store/redux-cell.js';
export type { AnySlice as Slice } from './store/slices.js';
export type { TypedStep } from './store/typed-steps.js';
export type {
  Action,
  AnyState,
  BridgeCounters,
  BridgeLimits,
  Casters,
  Contract,
  ContractDescription,
  Contracts,
  Crossing,
  Drop,
  DropReason,
  ExpectedSliceInspection,
  Gap,
  InjectOptions,
  Inspection,
  JsonSchema,
  JsSlice,
  Lease,
  Middleware,
  NeverPath,
  OwnerInspection,
  Path,
  Reducer,
  SharedStore,
  SliceInspection,
  SliceStates,
  Status,
  Step,
  StoreBridge,
  ToolkitSlice,
} from './store/types.js';
