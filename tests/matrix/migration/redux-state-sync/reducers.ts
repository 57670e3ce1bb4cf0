/** Reducers of the old example, which the first step keeps. */

export interface Todo {
  readonly id: number;
  readonly text: string;
  readonly completed: boolean;
}
export type Action =
  | { readonly type: 'ADD_TODO'; readonly id: number; readonly text: string }
  | { readonly type: 'TOGGLE_TODO'; readonly id: number }
  | { readonly type: 'SET_VISIBILITY_FILTER'; readonly filter: string };

export function todos(state: readonly Todo[] = [], action: Action): readonly Todo[] {
  switch (action.type) {
    case 'ADD_TODO':
      return [...state, { id: action.id, text: action.text, completed: false }];
    case 'TOGGLE_TODO':
      return state.map((todo) =>
        todo.id === action.id ? { ...todo, completed: !todo.completed } : todo,
      );
    default:
      return state;
  }
}

export function visibilityFilter(state = 'SHOW_ALL', action: Action): string {
  return action.type === 'SET_VISIBILITY_FILTER' ? action.filter : state;
}

/** What each of the three gives. */
export interface TodoApp {
  add(id: number, text: string): void;
  toggle(id: number): void;
  show(filter: string): void;
  state(): { todos: readonly Todo[]; visibilityFilter: string };
  /** As an app does that freezes its actions. */
  dispatchFrozen(): void;
}
