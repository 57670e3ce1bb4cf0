import { useState, type FormEvent } from 'react';

import { useAppDispatch, useAppSelector } from './hooks.js';
import {
  doneRemoved,
  filterChosen,
  loadTodos,
  selectFilter,
  selectOpenCount,
  selectSaved,
  selectTodosStatus,
  selectVisibleTodos,
  todoAdded,
  todoToggled,
  type Filter,
} from './todos-slice.js';

const filters: Filter[] = ['all', 'open', 'done'];

export function Todos() {
  const todos = useAppSelector(selectVisibleTodos);
  const dispatch = useAppDispatch();
  return (
    <section>
      <AddTodo />
      <ul>
        {todos.map(({ id, text, isDone }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={isDone} onChange={() => dispatch(todoToggled(id))} />
              {text}
            </label>
          </li>
        ))}
      </ul>
      <FilterChoice />
      <Summary />
    </section>
  );
}

function AddTodo() {
  const [text, setText] = useState('');
  const dispatch = useAppDispatch();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') dispatch(todoAdded(text.trim()));
    setText('');
  };
  return (
    <form onSubmit={submit}>
      <input aria-label="New todo" value={text} onChange={({ target }) => setText(target.value)} />
      <button>Add todo</button>
    </form>
  );
}

function FilterChoice() {
  const chosen = useAppSelector(selectFilter);
  const dispatch = useAppDispatch();
  return filters.map((filter) => (
    <button
      key={filter}
      aria-pressed={filter === chosen}
      onClick={() => dispatch(filterChosen(filter))}
    >
      {filter}
    </button>
  ));
}

function Summary() {
  const open = useAppSelector(selectOpenCount);
  const saved = useAppSelector(selectSaved);
  const status = useAppSelector(selectTodosStatus);
  const dispatch = useAppDispatch();
  return (
    <footer>
      <output aria-label="Open">{open}</output>
      <output aria-label="Saved">{saved}</output>
      <output aria-label="Status">{status}</output>
      <button onClick={() => dispatch(doneRemoved())}>Remove done</button>
      <button onClick={() => dispatch(loadTodos())}>Load</button>
    </footer>
  );
}
