import type { Contract } from 'isthmus';
import { openCaseBridge } from './case-bridge.js';

const sender = 'f'.repeat(32);

/** What a store with that contract makes of each payload: `accepted` or the drop reason. */
export function schemaVerdicts(contract: Contract, tests: readonly { data: unknown }[]): string[] {
  const { store, receive } = openCaseBridge('shared', { case: contract }, sender);
  const verdicts = tests.map(({ data }, seq) => receive(envelope(seq, data)));
  store.dispose();
  return verdicts;
}

function envelope(seq: number, payload: unknown): object {
  const action = { type: 'case', payload };
  return { isthmus: 1, sender: 'other', from: 'shared', seq, clock: Date.now(), action };
}
