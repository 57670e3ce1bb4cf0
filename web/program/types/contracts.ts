import type { Contract } from '../../api/contract.js';
import type { At, IsMissing, Tokens } from './paths.js';
import type { PayloadArgs, StepsAsks } from './steps.js';
import type { SliceScope } from './values.js';

/** What is known of a slice's actions: its name, its reducers, those of other types, what prepares payloads. */
export interface ActionsOf {
  readonly state: unknown;
  readonly name: string;
  readonly own: unknown;
  readonly on: unknown;
  readonly prepared: unknown;
}

/** Contracts as they are, or with what is wrong in them replaced by the error. */
export type CheckedContracts<Actions extends ActionsOf, Given> = [Given] extends [
  CheckedTypes<Actions, Given>,
]
  ? Given
  : CheckedTypes<Actions, Given>;

type CheckedTypes<Actions extends ActionsOf, Given> = {
  readonly [Type in keyof Given]: Type extends `${Actions['name']}/${keyof Actions['own'] & string}`
    ? CheckedContract<PayloadOf<Actions, Type>, Given[Type]>
    : Type extends keyof Actions['on']
      ? CheckedContract<unknown, Given[Type]>
      : string extends Type
        ? Given[Type]
        : `no action of this slice: ${Type & string}`;
};

type PayloadOf<Actions extends ActionsOf, Type> = Type extends `${Actions['name']}/${infer Event}`
  ? Event extends keyof Actions['prepared']
    ? PreparedBy<Actions['prepared'][Event]>
    : Event extends keyof Actions['own']
      ? AskedBy<Actions['state'], Actions['own'][Event]>
      : unknown
  : unknown;

type PreparedBy<Prepare> = Prepare extends (...args: never[]) => { payload: infer Payload }
  ? Payload
  : unknown;

type AskedBy<State, Reducer> = Reducer extends (...given: infer Given) => unknown
  ? Given extends [unknown, { readonly payload: infer Payload }, ...unknown[]]
    ? Payload
    : unknown
  : AskedBySteps<State, Reducer>;

type AskedBySteps<State, Steps> =
  PayloadArgs<State, Steps> extends [payload?: infer Payload]
    ? IfWhole<StepsAsks<SliceScope<State>, Steps>['path'], Payload>
    : unknown;

// Steps that take members of members apart, as `payload('user.id')`, leave open what else the payload has.
type IfWhole<Path extends string, Payload> = [Path] extends [never]
  ? unknown
  : [Extract<Path, `${string}.${string}`>] extends [never]
    ? Payload
    : unknown;

/** A contract, with what is no part of one and `never` paths that the payload does not have replaced. */
export type CheckedContract<Payload, One> = {
  readonly [Part in keyof One]: Part extends 'never'
    ? CheckedPaths<Payload, One[Part]>
    : Part extends keyof Contract
      ? One[Part]
      : `no part of a contract: ${Part & string}`;
};

type CheckedPaths<Payload, Paths> = {
  readonly [I in keyof Paths]: IsMissing<At<Payload, PlaceOf<Paths[I]>>> extends true
    ? `no such path in the payload: ${PointerOf<Paths[I]>}`
    : Paths[I];
};

type PointerOf<Path> = Path extends string
  ? Path
  : Path extends { readonly path: infer Pointer extends string }
    ? Pointer
    : string;

/** With any element or member in place of `*`. */
type PlaceOf<Path> = AnyForStars<Tokens<PointerOf<Path>>>;

type AnyForStars<Places> = { [I in keyof Places]: Places[I] extends '*' ? string : Places[I] };
