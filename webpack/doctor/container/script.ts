import { parse, type AnyNode } from 'acorn';

/** The syntax tree of a script or module; undefined for what is none. */
export function parseScript(text: string): AnyNode | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(text, { sourceType, ecmaVersion: 'latest' }) as AnyNode;
    } catch {
      // the next way of reading it, if any
    }
  }
  return undefined;
}

/** A node and all below it, in the order of the text. */
export function* nodesIn(root: AnyNode): Generator<AnyNode> {
  const open: object[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('type' in next) yield next as AnyNode;
    for (const child of (Object.values(next) as unknown[]).reverse()) {
      if (typeof child === 'object' && child !== null && !(child instanceof RegExp)) {
        open.push(child);
      }
    }
  }
}

/** The text that a string literal stands for. */
export function stringIn(node: AnyNode | null | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** The name of a property that is not computed. */
export function keyOf(node: AnyNode): string | undefined {
  return node.type === 'Identifier' ? node.name : literalOf(node);
}

function literalOf(node: AnyNode): string | undefined {
  return node.type === 'Literal' ? String(node.value) : undefined;
}

export function firstOf<T, U>(list: readonly T[], read: (item: T) => U | undefined): U | undefined {
  for (const item of list) {
    const found = read(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
