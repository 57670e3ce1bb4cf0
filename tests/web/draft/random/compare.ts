/** How two results differ; undefined when they do not. */
export class Comparison {
  readonly #base = new Set<object>();
  readonly #partner = new Map<object, object>();

  constructor(base: unknown) {
    this.#collect(base);
  }

  #collect(value: unknown): void {
    if (typeof value !== 'object' || value === null || this.#base.has(value)) return;
    this.#base.add(value);
    Object.values(value).forEach((member) => this.#collect(member));
  }

  /** Data alone: values, keys in their order, holes. */
  data(ours: unknown, theirs: unknown, at = ''): string | undefined {
    if (!isContainer(ours) || !isContainer(theirs)) {
      return Object.is(ours, theirs) ? undefined : `${at}: ${show(ours)} for ${show(theirs)}`;
    }
    if (Array.isArray(ours) !== Array.isArray(theirs)) return `${at}: one is an array`;
    if (Array.isArray(ours) && ours.length !== (theirs as unknown[]).length) {
      return `${at}: ${ours.length} elements for ${(theirs as unknown[]).length}`;
    }
    const [keys, other] = [Object.keys(ours), Object.keys(theirs)];
    if (keys.join() !== other.join()) return `${at}: keys ${keys.join()} for ${other.join()}`;
    for (const key of keys) {
      const found = this.data(ours[key as never], theirs[key as never], `${at}/${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The same parts of the base, and one object where there is one. */
  identity(ours: unknown, theirs: unknown, at = ''): string | undefined {
    if (!isContainer(ours) || !isContainer(theirs)) return undefined;
    if ((this.#base.has(ours) || this.#base.has(theirs)) && ours !== theirs) {
      return `${at}: ${this.#base.has(ours) ? 'the base where there is a copy' : 'a copy of the base'}`;
    }
    const partner = this.#partner.get(ours);
    if (partner !== undefined) return partner === theirs ? undefined : `${at}: one object for two`;
    if ([...this.#partner.values()].includes(theirs)) return `${at}: two objects for one`;
    this.#partner.set(ours, theirs);
    for (const key of Object.keys(ours)) {
      const found = this.identity(ours[key as never], theirs[key as never], `${at}/${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

export function unfrozenIn(value: unknown, at = ''): string | undefined {
  if (!isContainer(value)) return undefined;
  if (!Object.isFrozen(value)) return `${at}: not frozen`;
  for (const [key, member] of Object.entries(value)) {
    const found = unfrozenIn(member, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a value contains itself. */
export function isCyclic(value: unknown, above: readonly object[] = []): boolean {
  if (!isContainer(value)) return false;
  if (above.includes(value)) return true;
  return Object.values(value).some((member) => isCyclic(member, [...above, value]));
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return isContainer(value) ? 'a container' : String(value);
}
