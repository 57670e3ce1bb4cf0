// A CommonJS module reaches the package, which is made of ES modules, by import().

export async function start(): Promise<string> {
  const { createIsolatedStore, loadEngine } = await import('isthmus');
  await loadEngine();
  return createIsolatedStore({ name: 'common' }).name;
}
