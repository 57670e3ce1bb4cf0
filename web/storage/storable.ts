/**
 * A state as its snapshot holds it: members that are undefined are left out, elements are null, as JSON has
 * it. Parts that hold no such thing are the very same.
 */
export function storable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown) =>
      item === undefined ? null : storable(item),
    );
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const kept = entries.filter(([, member]) => member !== undefined);
  const stored = kept.map(([key, member]) => [key, storable(member)] as const);
  const isSame = kept.length === entries.length && stored.every(([, m], i) => m === kept[i]![1]);
  return isSame ? value : Object.fromEntries(stored);
}

/** What is not is the bridge's to refuse. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
