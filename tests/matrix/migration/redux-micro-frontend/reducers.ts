/** Reducers that both have in common. */

export interface Action {
  readonly type: string;
  readonly payload?: unknown;
}

export interface CounterState {
  readonly local: number;
  readonly global: number;
  readonly todos: number;
}
const noCounts: CounterState = { local: 0, global: 0, todos: 0 };

export function counterReducer(state = noCounts, { type }: Action): CounterState {
  if (type === 'INCREMENT_LOCAL') return { ...state, local: state.local + 1 };
  if (type === 'INCREMENT_GLOBAL') return { ...state, global: state.global + 1 };
  if (type === 'ADD_TODO') return { ...state, todos: state.todos + 1 };
  return state;
}

export interface TodoState {
  readonly owner: string | null;
  readonly items: readonly string[];
}
const noTodos: TodoState = { owner: null, items: [] };

export function todoReducer(state = noTodos, { type, payload }: Action): TodoState {
  if (type === 'ADD_TODO') return { ...state, items: [...state.items, String(payload)] };
  if (type === 'SIGN_IN') return { ...state, owner: String(payload) };
  return state;
}

export interface ShellState {
  readonly user: string | null;
}
const nobody: ShellState = { user: null };

export function shellReducer(state = nobody, { type, payload }: Action): ShellState {
  return type === 'SIGN_IN' ? { user: String(payload) } : state;
}
