import type { AnyNode } from 'acorn';
import { chunkAddressesIn } from './chunk-addresses.js';
import type { ChunkId } from './chunk-files.js';
import { asksForIsthmus, offerIn } from './offers.js';
import { firstOf, nodesIn, parseScript } from './script.js';

/** What the script of a container (remoteEntry.js of webpack or Rspack) tells of isthmus. */
export interface Container {
  /** The variable that holds it. */
  readonly name: string | undefined;
  /** The version that it offers to the page, if it offers one. */
  readonly offers: string | undefined;
  /** Whether it asks for isthmus as a share, which others may bring. */
  readonly asksForIsthmus: boolean;
  /** What goes before the name of a file; relative to the script unless it is an address. */
  readonly publicPath: string;
  /** Where the isthmus that it offers is, or else what it exposes; undefined where that cannot be told. */
  readonly files: readonly string[] | undefined;
}

/** More are not read: what a container offers or exposes is in a few. */
const MOST_FILES = 20;

/** Undefined for what is no script. */
export function readContainer(text: string): Container | undefined {
  const root = parseScript(text);
  if (root === undefined) return undefined;
  const nodes = [...nodesIn(root)];
  const offer = firstOf(nodes, offerIn);
  const factory = offer === undefined ? text : text.slice(offer.factory.start, offer.factory.end);
  const { publicPath, addressOf } = chunkAddressesIn(nodes);
  const files = chunkIdsIn(factory).slice(0, MOST_FILES).map(addressOf);
  return {
    name: nameIn(root),
    offers: offer?.version,
    asksForIsthmus: nodes.some(asksForIsthmus),
    publicPath,
    files: files.length > 0 && files.every((file) => file !== undefined) ? files : undefined,
  };
}

/** Of `__webpack_require__.e(id)`, in strings for eval, too. */
function chunkIdsIn(text: string): ChunkId[] {
  const calls = unescaped(text).matchAll(/\.e\(\s*(?:\/\*[^*]*\*\/\s*)?(?:(\d+)|"([^"]+)")/g);
  return [...new Set([...calls].map(([, number, name]) => (number ? Number(number) : name!)))];
}

/** As quotes are in the strings of development builds. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(["'])/g, '$1');
}

/** `var cart;` on top, which is the container of webpack. */
function nameIn(root: AnyNode): string | undefined {
  if (root.type !== 'Program') return undefined;
  return firstOf(root.body, (node) => {
    const [first] = node.type === 'VariableDeclaration' ? node.declarations : [];
    return first?.id.type === 'Identifier' && first.init == null ? first.id.name : undefined;
  });
}
