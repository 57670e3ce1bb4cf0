// The operators of expressions, with how many arguments each takes.

/** The least and the greatest number of arguments. */
export type Arity = readonly [atLeast: number, atMost: number];

/** Of JsonLogic, those whose arguments are expressions like any other. A single one needs no array around it. */
export const operators = {
  '==': [2, 2],
  '!=': [2, 2],
  '===': [2, 2],
  '!==': [2, 2],
  '<': [2, 3],
  '<=': [2, 3],
  '>': [2, 3],
  '>=': [2, 3],
  '!': [0, 1],
  '!!': [0, 1],
  and: [1, Infinity],
  or: [1, Infinity],
  if: [0, Infinity],
  '?:': [0, Infinity],
  log: [1, 1],
  '+': [0, Infinity],
  '*': [1, Infinity],
  '-': [1, 2],
  '/': [2, 2],
  '%': [2, 2],
  min: [1, Infinity],
  max: [1, Infinity],
  cat: [0, Infinity],
  in: [2, 2],
  substr: [2, 3],
  missing: [0, Infinity],
  missing_some: [2, 2],
  merge: [0, Infinity],
} as const satisfies { readonly [name: string]: Arity };

/** Of JsonLogic, those whose second argument is a rule over other data, in which paths begin there. */
export const iterators = {
  map: [2, 2],
  filter: [2, 2],
  all: [2, 2],
  some: [2, 2],
  none: [2, 2],
  reduce: [2, 3],
} as const satisfies { readonly [name: string]: Arity };

/** Where a path that `var` reads may begin, outside of an iterator's rule. */
export const roots = ['state', 'payload', 'meta', 'item', 'incoming'] as const;
