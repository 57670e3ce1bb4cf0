import type { ArrayNode, ObjectNode } from './node.js';
import { follow } from './trail.js';

/** What every copy of Immer asks a value for, to find out whether it is a draft. */
export const IMMER_STATE = /* @__PURE__ */ Symbol.for('immer-state');

type Node = ObjectNode | ArrayNode;

/**
 * What a copy of Immer is about that reads a field of a draft's state. Builds for production have given the
 * fields other names, which differ from release to release; but the trail before it tells:
 *
 *     isDraft    s
 *     original   s s         then reads `base`
 *     current    p e s       then reads `modified`; if so sets `finalized` and reads `scope`, else reads `base`
 *     current    p s s       in Immer 9: reads `type` one or two times, then goes on as above
 *     produce    s           any other: looks through a draft that was given to it, for `copy` or `base`
 *
 * Where what stands below asks like one of these, it is told by its name: there are few of them.
 */
type Asker = 'original' | 'current' | 'current 9' | 'produce';

/** What `draft[Symbol.for('immer-state')]` is. */
export function immerState(node: Node): object {
  const trail = follow(node, 's');
  if (node.parent === undefined && trail === 's') node.session.takeUp();
  const face = (node.face ??= new Face(node)) as Face;
  face.begin(trail);
  return face.proxy;
}

function askerOf(trail: string): Asker {
  if (trail.endsWith('ss')) return trail.endsWith('pss') ? 'current 9' : 'original';
  return /pe+s$/.test(trail) ? 'current' : 'produce';
}

/** What Immer sees of a draft, for one question at a time. */
class Face {
  readonly proxy: object = new Proxy<Face>(this, faceHandler);
  asker: Asker = 'produce';
  #isAlone = false;
  #isOfNine = false;
  #copy: object | undefined;
  /** The name of the field that was read first; in Immer 9 that may be the type, which it reads twice. */
  #first: string | undefined;
  /** The name by which it has asked whether the draft is modified. */
  #modified: string | undefined;

  constructor(readonly node: Node) {}

  begin(trail: string): void {
    this.asker = askerOf(trail);
    this.#isAlone = trail === 'ss' || /^sp/.test(trail);
    this.#first = undefined;
    this.#modified = undefined;
  }

  read(name: string): unknown {
    // The look that began it was no reducer that takes the draft up.
    if (this.asker !== 'produce' && this.#isAlone) this.node.session.leave();
    return name.endsWith('_') ? byName(this.node, name) : this.#byAsker(name);
  }

  #byAsker(name: string): unknown {
    const { node, asker } = this;
    const isAgain = name === this.#first;
    this.#first ??= name;
    if (asker === 'original' || asker === 'produce') {
      // Nothing else is read twice.
      this.#isOfNine ||= isAgain;
      if (isAgain || (TYPE.has(name) && !this.#isOfNine)) return typeOf(node);
      if (asker === 'produce') return (this.#copy ??= new Proxy(node.proxy, copyHandler));
      return MODIFIED.has(name) ? node.isModified : node.base;
    }
    if (asker === 'current 9' && name === this.#first) return typeOf(node);
    this.#modified ??= name;
    if (name === this.#modified) return node.isModified;
    return asker === 'current' && node.isModified ? scope : node.base;
  }
}

/** The draft, but a small number where Immer 9 has taken it for the type. */
const copyHandler: ProxyHandler<object> = {
  get: (draft, key) =>
    key === Symbol.toPrimitive ? () => 0 : (Reflect.get(draft, key) as unknown),
};

const faceHandler: ProxyHandler<Face> = {
  get: (face, name) => (typeof name === 'string' ? face.read(name) : undefined),

  /** `finalized`: what follows copies the draft. */
  set(face, _name, value: unknown) {
    if (typeof value === 'boolean') face.node.isCopied = value;
    return true;
  },
};

/**
 * The type, for which `applyPatches` asks, in Immer 11 and 10. The latter is the name of the copy in a build of
 * Immer 9; but that one asks for its type before.
 */
const TYPE: ReadonlySet<string> = /* @__PURE__ */ new Set(['r', 'o']);

/** `isModified`, which is new in Immer 11.2, asks as `original` does; these are its names there. */
const MODIFIED: ReadonlySet<string> = /* @__PURE__ */ new Set(['i', 's']);

/** By the names that Immer's own source has. */
function byName(node: Node, name: string): unknown {
  if (name === 'base_') return node.base;
  if (name === 'modified_') return node.isModified;
  if (name === 'copy_' || name === 'draft_') return node.proxy;
  if (name === 'type_') return typeOf(node);
  return name === 'scope_' ? scope : undefined;
}

function typeOf(node: Node): 0 | 1 {
  return Array.isArray(node.base) ? 1 : 0;
}

/** The settings of an Immer, all of them off. */
const settings: object = /* @__PURE__ */ new Proxy(
  {},
  { get: (_target, name) => name === 'shouldUseStrictIteration' && isOff },
);

const isOff = (): boolean => false;

/** No scope of an Immer; whatever it is asked for are the settings. */
const scope: object = /* @__PURE__ */ new Proxy({}, { get: () => settings });
