import type { PayloadArgs } from './types/steps.js';

/**
 * An action as the creators of a native slice make it. A type, not an interface, so that stores of
 * Redux and RTK take it as their `UnknownAction`.
 */
export type SliceAction<Payload = unknown, Type extends string = string> = {
  /** The slice's name and the event: `cart/addItem`. */
  type: Type;
  /** What `prepare` gave beside the payload. */
  meta?: Record<string, unknown>;
  /** Whether the action tells of an error, as in Flux Standard Actions. */
  error?: boolean;
} & (undefined extends Payload ? { payload?: Payload } : { payload: Payload });

/** Makes an action's payload, and its meta, from the arguments of an action creator. */
export type Prepare<Payload = unknown> = (...args: never[]) => {
  meta?: Record<string, unknown>;
} & (undefined extends Payload ? { payload?: Payload } : { payload: Payload });

/** Makes the actions of one type, and tells them from others. */
export interface ActionCreator<Args extends readonly unknown[], Payload, Type extends string> {
  (...args: Args): SliceAction<Payload, Type>;
  /** The type of its actions. */
  readonly type: Type;
  /** Whether an action is of this type. */
  readonly match: (action: unknown) => action is SliceAction<Payload, Type>;
}

/** What `prepare` may hold: functions that make what the steps ask of the payload. */
export type PrepareAll<State, Reducers> = {
  readonly [Event in keyof Reducers]?: Prepare<
    PreparedPayload<ReducerArgs<State, Reducers[Event]>>
  >;
};

type PreparedPayload<Args extends readonly unknown[]> = Args extends [] ? unknown : Args[0];

/** The action creator of an event: with the arguments of `prepare`, or with the payload. */
export type CreatorOf<State, Steps, Prepared, Type extends string> = Prepared extends (
  ...args: infer Args
) => infer Made
  ? ActionCreator<Args, Made extends { payload: infer Payload } ? Payload : undefined, Type>
  : PayloadCreator<ReducerArgs<State, Steps>, Type>;

/** What a reducer asks of the payload: a function by the type of its action. */
type ReducerArgs<State, Reducer> = Reducer extends (...given: infer Given) => unknown
  ? Given extends [unknown, infer Asked, ...unknown[]]
    ? Asked extends { readonly payload: infer Payload }
      ? undefined extends Payload
        ? [payload?: Payload]
        : [payload: Payload]
      : [payload?: unknown]
    : []
  : PayloadArgs<State, Reducer>;

type PayloadCreator<Args extends readonly unknown[], Type extends string> = ActionCreator<
  Args,
  Args[0],
  Type
>;

/** An action creator; without `prepare` its one argument, if it is given, is the payload. */
export function createAction(type: string, prepare?: Prepare) {
  const creator = (...args: unknown[]): SliceAction =>
    prepare === undefined
      ? { type, ...(args.length > 0 && { payload: args[0] }) }
      : { type, ...(prepare as (...args: unknown[]) => object)(...args) };
  const match = (action: unknown) => (action as { type?: unknown } | null)?.type === type;
  return Object.freeze(Object.assign(creator, { type, match, toString: () => type }));
}
