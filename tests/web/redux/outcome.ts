import { vi } from 'vitest';

/** What a call did: what it returned or threw, and what it wrote to console.error. */
export interface Outcome {
  returned?: unknown;
  error?: string;
  warnings: string[];
}

/** Runs `call`. Redux's action types end with random letters, which are left out of the texts. */
export function outcomeOf(call: () => unknown): Outcome {
  const warn = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const written = () => warn.mock.calls.map((args) => withoutChance(args.join(' ')));
  try {
    const returned = call();
    return { returned, warnings: written() };
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { error: withoutChance(text), warnings: written() };
  } finally {
    warn.mockRestore();
  }
}

function withoutChance(text: string): string {
  return text.replace(/(@@redux\/[A-Z_]+?)[a-z0-9.]+/g, '$1');
}
