import {
  createAsyncThunk,
  createEntityAdapter,
  createSelector,
  createSlice,
  nanoid,
  type EntityState,
  type PayloadAction,
} from '@reduxjs/toolkit';

export interface Todo {
  id: string;
  text: string;
  isDone: boolean;
}
export type Filter = 'all' | 'open' | 'done';
interface TodosState extends EntityState<Todo, string> {
  status: 'idle' | 'loading' | 'failed';
  filter: Filter;
  saved: number;
}
interface TodosRoot {
  todos: TodosState;
}

/** Where the todos come from: handed to the thunks as their extra argument. */
export interface TodoServer {
  load(): Promise<Todo[]>;
}

export const loadTodos = createAsyncThunk<Todo[], void, { extra: TodoServer }>(
  'todos/load',
  (_, { extra }) => extra.load(),
  { condition: (_, { getState }) => (getState() as TodosRoot).todos.status !== 'loading' },
);

const adapter = createEntityAdapter<Todo>();
const initialState: TodosState = adapter.getInitialState({
  status: 'idle',
  filter: 'all',
  saved: 0,
});

export const todosSlice = createSlice({
  name: 'todos',
  initialState,
  reducers: {
    todoAdded: {
      reducer: (state, { payload }: PayloadAction<Todo>) => void adapter.addOne(state, payload),
      prepare: (text: string) => ({ payload: { id: nanoid(), text, isDone: false } }),
    },
    todoToggled: (state, { payload }: PayloadAction<string>) => {
      const todo = state.entities[payload];
      if (todo) todo.isDone = !todo.isDone;
    },
    doneRemoved: (state) => {
      adapter.removeMany(
        state,
        state.ids.filter((id) => state.entities[id]?.isDone),
      );
    },
    filterChosen: (state, { payload }: PayloadAction<Filter>) => void (state.filter = payload),
    todosSaved: (state, { payload }: PayloadAction<number>) => void (state.saved = payload),
  },
  extraReducers: (builder) =>
    builder
      .addCase(loadTodos.pending, (state) => void (state.status = 'loading'))
      .addCase(loadTodos.rejected, (state) => void (state.status = 'failed'))
      .addCase(loadTodos.fulfilled, (state, { payload }) => {
        state.status = 'idle';
        adapter.setAll(state, payload);
      }),
});

const { selectAll } = adapter.getSelectors((state: TodosRoot) => state.todos);
export const selectFilter = (state: TodosRoot) => state.todos.filter;
export const selectTodosStatus = (state: TodosRoot) => state.todos.status;
export const selectSaved = (state: TodosRoot) => state.todos.saved;
export const selectOpenCount = createSelector(
  selectAll,
  (todos) => todos.filter(({ isDone }) => !isDone).length,
);
export const selectVisibleTodos = createSelector([selectAll, selectFilter], (todos, filter) =>
  todos.filter(({ isDone }) => filter === 'all' || isDone === (filter === 'done')),
);

export const { todoAdded, todoToggled, doneRemoved, filterChosen, todosSaved } = todosSlice.actions;
