import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { compile, root } from './examples.js';

const exported: [entry: string, types: string][] = [
  [
    'isthmus',
    `
      Action ActionCreator AnyNativeSlice AnyState BridgeCounters BridgeLimits BridgeOptions
      Casters Contract ContractDescription Contracts Convergence ConvergingOptions ConvergingSlice Copy
      Crossing Divergence Drop DropReason Duplicate EngineSource ErrorCode
      ExpectedSliceInspection FunctionReducer Gap InjectOptions Inspection IsolatedStore
      IsolatedStoreOptions JoinOptions JsSlice JsonSchema Lease LegacyChannel LoadOptions LogEntry LogGap
      LogInspection LogOptions LogSliceInspection LostState Membership MembershipOptions
      Middleware NativeSlice NativeToolkitSlice NeverPath OpenTransport OtherRelease
      OwnerInspection Path Prepare Rebase Recovery Reducer ReducerFailure SharedStore Slice
      SliceAction SliceDefinition SliceInspection SliceStates StateOf Status StoreBridge
      StoreLogView ToolkitSlice Transport TransportLockRequest TransportLocks TransportTimers
      TransportVisibility Upcast
    `,
  ],
  ['isthmus/angular', 'StoreSource'],
  ['isthmus/inline', ''],
  [
    'isthmus/program',
    'Call EntityOptions EntityTable Expression JsonLogic PayloadRef Place References Rule StateRef Step StepPath TypedStep Upsert Var',
  ],
  ['isthmus/react', 'SharedStoreProviderProps TypedUseSelectorHook'],
  ['isthmus/redux', 'ReduxStoreOptions'],
  [
    'isthmus/storage',
    `
      ChangeListener Hydration LogPersistence LogStateContract PersistLogOptions
      PersistOptions PersistedStore Persistence PersistenceStatus Removal SnapshotContract
      SnapshotRefusal SnapshotStorage
    `,
  ],
  ['isthmus/svelte', 'Shown StoreSource'],
  [
    'isthmus/testing',
    `
      Arrival Baseline Delivery DeliveryPolicy FederatedModule MockContainer MockFederation
      MockFederationOptions RandomDelivery Sent Share ShareScope SharedModule SharedTestStore
      SharedTestStoreOptions TestHub TestHubOptions TestStore TestStoreOptions TestTab
    `,
  ],
  ['isthmus/toolkit', ''],
  [
    'isthmus/vite',
    `
      ExposedModules IsthmusManifest IsthmusOptions ManifestShare ManifestSlice
      ModuleFederationOptions ShareConfig ShareOverrides SharedState ViteFederationOptions
    `,
  ],
  ['isthmus/vue', 'StoreSource'],
  [
    'isthmus/webpack',
    `
      BundlerCompiler ExposedModules FederationOptions FederationPluginConstructor
      IsthmusManifest IsthmusOptions ManifestShare ManifestSlice ModuleFederationOptions
      ShareConfig ShareOverrides SharedState
    `,
  ],
];

const files = new Map(
  Object.entries(manifest.exports).flatMap(([entry, files]) =>
    typeof files === 'string' ? [] : [[entry.replace('.', 'isthmus'), files.types] as const],
  ),
);
const program = compile([], [...files.values()]);
const checker = program.getTypeChecker();

it.each(exported)('%s exports these types', (entry, types) => {
  expect(typesOf(entry)).toEqual(types.split(/\s+/).filter(Boolean));
});

it('each entry with types of its own is listed', () => {
  expect(exported.map(([entry]) => entry).sort()).toEqual([...files.keys()].sort());
});

/** What an entry exports for the type checker alone. Of isthmus/redux without those of Redux. */
function typesOf(entry: string): string[] {
  const file = program.getSourceFile(join(root, files.get(entry)!))!;
  const isHandedOn = (it: ts.Declaration) =>
    entry === 'isthmus/redux' && it.getSourceFile().fileName.includes('/node_modules/redux/');
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(file)!)
    .filter((symbol) => isType(symbol) && !declarationsOf(meantBy(symbol)).some(isHandedOn))
    .map(({ name }) => name)
    .sort();
}

function isType(symbol: ts.Symbol): boolean {
  const isTypeOnly = declarationsOf(symbol).some(ts.isTypeOnlyExportDeclaration);
  return isTypeOnly || !(meantBy(symbol).flags & ts.SymbolFlags.Value);
}

const declarationsOf = ({ declarations = [] }: ts.Symbol): readonly ts.Declaration[] =>
  declarations;
const meantBy = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
