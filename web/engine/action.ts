/** What the engine sees of an action. */
export interface EngineAction {
  type: string;
  payload?: unknown;
  meta?: unknown;
}

/** What the reducers of one action may take, over all slices. */
export interface ActionLimits {
  readonly actionBytes: number;
  readonly actionSteps: number;
}

/** The number of every action type that no program handles. */
export const UNHANDLED = 0;
