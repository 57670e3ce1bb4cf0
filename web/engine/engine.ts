import type { EngineErrorCode } from '../base/errors.js';
import type { EngineAction } from './action.js';
import type { EngineCrossing } from './crossing.js';
import { Definitions, type ProgramDefinition } from './definitions.js';
import type { Part } from '../draft/part.js';
import { EditWriter } from './edits.js';
import { EngineStore, writeAction, type EngineStoreOptions } from './engine-store.js';
import { Funnel, type EngineInstance } from './funnel.js';
import { writeState } from './state-writer.js';
import type { EngineModule } from './module.js';
import { Numbered } from './numbered.js';
import { tellLater, type LostState } from './recovery.js';

/**
 * The engine of a page: its programs and stores, and what crosses. When an instance of the compiled module fails,
 * another one is given everything that was defined, and the committed states.
 */
export class Engine {
  readonly #funnel: Funnel;
  readonly #definitions: Definitions;
  readonly #stores = new Numbered<EngineStore>();

  readonly #loadCrossing: () => Promise<EngineCrossing>;
  #crossing: EngineCrossing | undefined;
  #loadingCrossing: Promise<EngineCrossing> | undefined;

  /** `instantiate` makes another instance, at once; `loadCrossing` adds its part to this engine. */
  constructor(
    module: EngineModule,
    instantiate: () => EngineModule,
    loadCrossing: () => Promise<EngineCrossing>,
  ) {
    this.#funnel = new Funnel(module, (failed) => this.#replace(failed, instantiate));
    this.#definitions = new Definitions(this.#funnel);
    this.#loadCrossing = loadCrossing;
  }

  /** The instance in use. */
  get module(): EngineModule {
    this.#funnel.heal();
    return this.#funnel.instance.module;
  }

  /** What crossing needs, once it is there. */
  get crossing(): EngineCrossing | undefined {
    return this.#crossing;
  }

  /** Loads it, once; after a failure another call tries again. */
  loadCrossing(): Promise<EngineCrossing> {
    this.#loadingCrossing ??= this.#loadCrossing().catch((error: unknown) => {
      this.#loadingCrossing = undefined;
      throw error;
    });
    return this.#loadingCrossing;
  }

  addCrossing(make: (funnel: Funnel) => EngineCrossing): EngineCrossing {
    return (this.#crossing = make(this.#funnel));
  }

  get errorCodes(): readonly EngineErrorCode[] {
    return this.#funnel.errorCodes;
  }

  /** How often an instance has been replaced. */
  get generation(): number {
    return this.#funnel.generation;
  }

  /** The number of a program, the same for an equal definition; `release` it as often as it was defined. */
  define(definition: ProgramDefinition): number {
    return this.#definitions.add(definition);
  }

  release(definition: number): void {
    this.#definitions.remove(definition);
  }

  /** The number of an action type. */
  typeOf(type: string): number {
    return this.#definitions.typeOf(type);
  }

  createStore(options: EngineStoreOptions): EngineStore {
    return this.#stores.make(
      (number, remove) => new EngineStore(this.#funnel, number, options, remove),
    );
  }

  /** Whether a value stands for a node of this engine that is alive. */
  isView(value: unknown): boolean {
    return this.#funnel.views.idOf(value) !== undefined;
  }

  /** A definition as a plain reducer. */
  reduce(definition: number, state: unknown, action: EngineAction): unknown {
    const { type } = action;
    this.#funnel.hotOfStates('reduce', definition, type, (encoder, views) => {
      // The action comes first: reading it may release nodes.
      writeAction(encoder, this.typeOf(type), action);
      writeState(encoder, state, views);
    });
    return this.#shownState();
  }

  /** What a recipe has made of a state of a definition's slice. */
  edit(definition: number, state: unknown, part: Part): unknown {
    this.#funnel.hotOfStates('edit', definition, '', (encoder, views) => {
      writeState(encoder, state, views);
      new EditWriter(encoder).write(part);
    });
    return this.#shownState();
  }

  #shownState(): unknown {
    const answer = this.#funnel.answer();
    const view = answer.state();
    answer.released();
    this.#funnel.close();
    return view;
  }

  /** Nothing of this engine changes before the other instance holds everything. */
  #replace(failed: EngineInstance, instantiate: () => EngineModule): EngineInstance {
    const start = performance.now();
    const lost: LostState[] = [];
    const heir = new Funnel(instantiate(), noHeir);
    this.#definitions.restoreTo(heir);
    this.#stores.forEach((store) => store.restoreTo(heir, failed.remains, lost));
    this.#crossing?.restoreTo(heir, failed.remains, lost);
    const tellStores: (() => void)[] = [];
    this.#stores.forEach(({ onRenewed }) => tellStores.push(onRenewed));
    tellLater({ cause: failed.cause, milliseconds: performance.now() - start, lost }, tellStores);
    return heir.instance;
  }
}

function noHeir({ cause }: EngineInstance): never {
  throw cause instanceof Error ? cause : new Error('the instance that was to take over failed');
}
