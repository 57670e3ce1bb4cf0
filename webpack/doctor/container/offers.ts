import type { AnyNode } from 'acorn';
import semver from 'semver';
import { keyOf, stringIn } from './script.js';

/** The isthmus that a container offers to the page. */
export interface Offer {
  readonly version: string;
  /** What loads it. */
  readonly factory: AnyNode;
}

/** `register("isthmus", "1.0.0", factory)` of webpack, `{ name: "isthmus", version: "1.0.0", factory }` of Rspack. */
export function offerIn(node: AnyNode): Offer | undefined {
  if (node.type === 'CallExpression') {
    const [name, version, factory] = node.arguments;
    return offerOf(stringIn(name), stringIn(version), factory);
  }
  const [name, version, factory] = ['name', 'version', 'factory'].map((key) => member(node, key));
  return offerOf(stringIn(name), stringIn(version), factory);
}

function offerOf(name?: string, version?: string, factory?: AnyNode): Offer | undefined {
  const isOffer = name === 'isthmus' && version !== undefined && factory !== undefined;
  return isOffer && semver.valid(version) !== null ? { version, factory } : undefined;
}

/** `loadSingletonVersion("default", "isthmus", ...)` of webpack, `{ shareKey: "isthmus" }` of the others. */
export function asksForIsthmus(node: AnyNode): boolean {
  if (node.type !== 'CallExpression') return stringIn(member(node, 'shareKey')) === 'isthmus';
  const [scope, name] = node.arguments;
  return stringIn(scope) !== undefined && stringIn(name) === 'isthmus';
}

function member(node: AnyNode, name: string): AnyNode | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const found = node.properties.find((each) => {
    return each.type === 'Property' && !each.computed && keyOf(each.key) === name;
  });
  return found?.type === 'Property' ? found.value : undefined;
}
