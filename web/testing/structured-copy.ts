/** A structured clone, as a channel makes it; Jest's jsdom hides the function, and Node has it still. */
export function structuredCopy(value: unknown): unknown {
  if (typeof structuredClone === 'function') return structuredClone(value);
  const { serialize, deserialize } = globalThis.process.getBuiltinModule('node:v8');
  return deserialize(serialize(value));
}
