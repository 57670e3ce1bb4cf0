/** Slices are called in the log by their key with a fingerprint, in which there is no `@`. */
export const logName = (key: string, fingerprint: string): string => `${key}@${fingerprint}`;

/** The key in such a name. */
export function keyIn(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('@')));
}
