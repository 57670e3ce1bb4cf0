import type { AnyNode, ArrowFunctionExpression, FunctionExpression } from 'acorn';
import { keyOf } from './script.js';

export type ChunkId = string | number;
export type FileOfChunk = ArrowFunctionExpression | FunctionExpression;

/**
 * The file of a chunk, as webpack's runtime function computes it from the id: joined strings, looked up in
 * objects and chosen by comparisons. Evaluated here, since nothing that a server sends is run; undefined where
 * it does anything else.
 */
export function fileOfChunk(
  { params, body }: FileOfChunk,
  id: ChunkId,
  hash?: string,
): string | undefined {
  const [param] = params;
  const name = param?.type === 'Identifier' ? param.name : undefined;
  try {
    const value = new Evaluation(name, id, hash).run(body);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

type Value = string | number | boolean | undefined;

class Evaluation {
  readonly #param: string | undefined;
  readonly #id: ChunkId;
  readonly #hash: string | undefined;

  constructor(param: string | undefined, id: ChunkId, hash: string | undefined) {
    this.#param = param;
    this.#id = id;
    this.#hash = hash;
  }

  /** What a body returns; undefined where it goes on. */
  run(node: AnyNode): Value {
    switch (node.type) {
      case 'BlockStatement':
        return node.body.map((each) => () => this.run(each)).reduce<Value>(firstOf, undefined);
      case 'IfStatement':
        return this.#value(node.test) ? this.run(node.consequent) : undefined;
      case 'ReturnStatement':
        return node.argument == null ? undefined : this.#value(node.argument);
      default:
        return this.#value(node);
    }
  }

  #value(node: AnyNode): Value {
    switch (node.type) {
      case 'Literal':
        return node.value as Value;
      case 'Identifier':
        if (node.name === this.#param) return this.#id;
        break;
      case 'ConditionalExpression':
        return this.#value(this.#value(node.test) ? node.consequent : node.alternate);
      case 'LogicalExpression':
        if (node.operator === '||') return this.#value(node.left) || this.#value(node.right);
        break;
      case 'BinaryExpression':
        return joined(node.operator, this.#value(node.left), this.#value(node.right));
      case 'CallExpression':
        if (this.#hash !== undefined && isHash(node.callee)) return this.#hash;
        break;
      case 'TemplateLiteral':
        return this.#template(node.quasis, node.expressions);
      case 'MemberExpression':
        return this.#lookUp(node.object, this.#value(node.property));
    }
    throw new Error(`${node.type} is not evaluated`);
  }

  #template(quasis: readonly AnyNode[], expressions: readonly AnyNode[]): string {
    const texts = quasis.map((each) => (each.type === 'TemplateElement' ? each.value.cooked : ''));
    return texts
      .map((text, i) => `${i > 0 ? this.#value(expressions[i - 1]!) : ''}${text}`)
      .join('');
  }

  #lookUp(object: AnyNode, key: Value): Value {
    if (object.type !== 'ObjectExpression') throw new Error('only objects are looked up in');
    const found = object.properties.find((each) => {
      return each.type === 'Property' && !each.computed && keyOf(each.key) === String(key);
    });
    return found?.type === 'Property' ? this.#value(found.value) : undefined;
  }
}

function firstOf(found: Value, next: () => Value): Value {
  return found ?? next();
}

/** `__webpack_require__.h()` gives the hash of the build. */
function isHash(callee: AnyNode): boolean {
  return callee.type === 'MemberExpression' && !callee.computed && keyOf(callee.property) === 'h';
}

function joined(operator: string, left: Value, right: Value): Value {
  if (operator === '===' || operator === '==') return String(left) === String(right);
  if (operator === '+') return `${left}${right}`;
  throw new Error(`${operator} is not evaluated`);
}
