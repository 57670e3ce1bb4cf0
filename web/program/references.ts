import { IsthmusError } from '../base/errors.js';
import { pointerTo } from '../base/path.js';

/** Holds an expression's rule; known to every copy of this module, as builds may bring one each. */
export const EXPRESSION: unique symbol = /* @__PURE__ */ Symbol.for('isthmus.expression');

/** Holds the JSON Pointer of a reference to the state; known to every copy of this module. */
export const PLACE: unique symbol = /* @__PURE__ */ Symbol.for('isthmus.place');

/** A token of a path: a key, or an index or key that is an expression. */
type Token = string | { readonly [EXPRESSION]: unknown };

/**
 * What stands at a root, or below it, as builders take it: `state.user.name` is the expression `state('user.name')`
 * and, as the place of a step, the pointer `/user/name`; `state.items.at(0)` is an element.
 */
export function reference(root: 'state' | 'payload', tokens: readonly Token[] = []): object {
  const at = (token: Token): object => reference(root, [...tokens.slice(0, -1), token]);
  Object.defineProperty(at, EXPRESSION, { get: () => readOf(root, tokens) });
  if (root === 'state') Object.defineProperty(at, PLACE, { get: () => placeOf(tokens) });
  return new Proxy(at, {
    get: (target, key): unknown => {
      if (key === 'toJSON') return () => readOf(root, tokens); // as of any expression
      return typeof key === 'string' ? reference(root, [...tokens, key]) : Reflect.get(target, key);
    },
    apply: (call, _self, [token]: [number | Token]) =>
      call(typeof token === 'number' ? String(token) : token),
    set: () => false,
  });
}

function placeOf(tokens: readonly Token[]): unknown {
  const keys = tokens.filter((token) => typeof token === 'string');
  if (keys.length === tokens.length) return pointerTo(keys);
  return tokens.map((token) => (typeof token === 'string' ? token : token[EXPRESSION]));
}

function readOf(root: string, tokens: readonly Token[]): unknown {
  const odd = tokens.find((token) => typeof token !== 'string' || token.includes('.'));
  if (odd === undefined) return { var: [root, ...tokens].join('.') };
  const what =
    typeof odd === 'string' ? `'${odd}', whose name has a dot,` : 'what an expression names';
  const message = `${what} cannot be read by an expression over ${root}, only written: read what is around it`;
  throw new IsthmusError('invalid-definition', message);
}
