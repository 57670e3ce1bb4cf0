import { createIsolatedStore, crossApp, loadEngine, type Drop } from 'isthmus';
import { describe, expect, it } from 'vitest';
import { readCaseFile } from './read-cases.js';

await loadEngine();

interface CredentialCase {
  kind: string | null;
  text: string[];
}

const cases = readCaseFile<CredentialCase[]>('credentials.json').map(({ kind, text }) => ({
  kind,
  text: text.join(''),
}));
const innocent = cases.filter(({ kind }) => kind === null);
const credentials = cases.filter(({ kind }) => kind !== null);

/** What keeps an action with that payload at home, or `sent`. */
function verdict(payload: unknown): string {
  const drops: Drop[] = [];
  const messages: unknown[] = [];
  const transport = () => ({
    post: (message: unknown) => void messages.push(message),
    onMessage: () => undefined,
    close: () => undefined,
  });
  const store = createIsolatedStore({
    name: 'shared',
    contract: { note: { payload: { properties: { notes: true } } } },
    bridge: { transport, onDrop: (drop: Drop) => void drops.push(drop) },
  });
  store.dispatch(crossApp({ type: 'note', payload }));
  store.dispose();
  return messages.length === 1 ? 'sent' : drops.map(({ message }) => message).join();
}

describe('an action', () => {
  it('with an innocent text crosses', () => {
    expect(innocent.length).toBeGreaterThan(60);
    const held = innocent.filter(
      ({ text }) => verdict({ notes: [text, { [text]: text }] }) !== 'sent',
    );
    expect(held).toEqual([]);
  });

  it('with a credential stays at home, and is told its kind and its place, but nothing of it', () => {
    expect(credentials.length).toBeGreaterThan(60);
    const why = credentials.map(({ text }) => verdict({ notes: ['', { inner: text }] }));
    expect(why).toEqual(
      credentials.map(
        ({ kind }) =>
          `the action holds, at '/payload/notes/1/*', what looks like ${kind}; if it is none, let the contract say credentials: 'allow'`,
      ),
    );
  });
});
