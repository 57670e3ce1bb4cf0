import type { AnyNode } from 'acorn';
import { fileOfChunk, type ChunkId, type FileOfChunk } from './chunk-files.js';
import { firstOf, keyOf, stringIn } from './script.js';

/** Where the files of a build are, relative to the script of its container unless it is an address. */
export interface ChunkAddresses {
  /** What goes before the name of a file. */
  readonly publicPath: string;
  /** Undefined where the script does not tell. */
  addressOf(id: ChunkId): string | undefined;
}

/** As webpack's runtime in a script has them: in functions of the public path, or as imports of a module. */
export function chunkAddressesIn(nodes: readonly AnyNode[]): ChunkAddresses {
  const publicPath = firstOf(nodes, (node) => assigned(node, 'p', publicPathIn)) ?? '';
  const hash = firstOf(nodes, (node) => assigned(node, 'h', returnedIn));
  const fileOf = firstOf(nodes, (node) => assigned(node, 'u', functionIn));
  const imports = new Map(nodes.flatMap(importsIn));
  return {
    publicPath,
    addressOf(id) {
      const file = fileOf === undefined ? undefined : fileOfChunk(fileOf, id, hash);
      return file === undefined ? imports.get(String(id)) : publicPath + file;
    },
  };
}

/** What is read of the value in `anything.<property> = value`. */
function assigned<T>(
  node: AnyNode,
  property: string,
  read: (value: AnyNode) => T | undefined,
): T | undefined {
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') {
    return undefined;
  }
  const { computed, property: name } = node.left;
  return !computed && keyOf(name) === property ? read(node.right) : undefined;
}

function functionIn(value: AnyNode): FileOfChunk | undefined {
  const isFunction =
    value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression';
  return isFunction ? value : undefined;
}

/** The hash of the build: `() => "0123abcd"`. */
function returnedIn(value: AnyNode): string | undefined {
  const read = functionIn(value);
  return read === undefined ? undefined : fileOfChunk(read, '');
}

/** A text, or what is added to the folder of the script: `scriptUrl + "../"`. */
function publicPathIn(value: AnyNode): string | undefined {
  return stringIn(value.type === 'BinaryExpression' ? value.right : value);
}

/** `{ 751: () => import("./751.mjs") }` of a container that is a module. */
function importsIn(node: AnyNode): [string, string][] {
  if (node.type !== 'Property' || node.value.type !== 'ArrowFunctionExpression') return [];
  const { body } = node.value;
  const file = body.type === 'ImportExpression' ? stringIn(body.source) : undefined;
  const id = keyOf(node.key);
  return file === undefined || id === undefined ? [] : [[id, file]];
}
