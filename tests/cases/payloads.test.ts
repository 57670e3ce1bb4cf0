import { describe, expect, it } from 'vitest';
import { Funnel } from '../../web/engine/funnel.js';
import { EngineCrossing } from '../../web/engine/crossing.js';
import type { PayloadDecision, Shape } from '../../web/engine/payload-gate.js';
import { openModule } from './raw-bridge.js';
import { readCases } from './read-cases.js';

interface PayloadCase {
  name: string;
  contract: object;
  payloads: { outbound?: Shape; inbound?: Shape; expect: string }[];
}

const limits = { bytes: 1024, depth: 8, entries: 32 };
const funnel = new Funnel(await openModule(), () => {
  throw new Error('the engine has failed');
});
const crossing = new EngineCrossing(funnel);

describe('every payload case holds:', () => {
  it.each(readCases<PayloadCase>('payloads.json'))('%s', (_name, { contract, payloads }) => {
    const options = { type: 'case', contract, limits };
    const gate = crossing.createGate(options);
    for (const { outbound, inbound, expect: expected } of payloads) {
      const decision = outbound ? gate.outbound(outbound.payload) : gate.inbound(inbound!);
      expect(textOf(decision, expected)).toBe(expected);
    }
    gate.destroy();
  });
});

/** As far as the case says what to expect: of a refusal perhaps only the reason. */
function textOf(decision: PayloadDecision, expected: string): string {
  if (decision.verdict === 'passed') {
    return `${decision.schemaVersion} ${JSON.stringify(decision.payload)}`;
  }
  const { reason, message } = decision;
  return expected.includes(':') ? `${reason}: ${message}` : reason;
}

it('`undefined` in a payload is as in JSON, in both directions', () => {
  const gate = crossing.createGate({ type: 'case', contract: {}, limits });
  const payload = { draft: undefined, tags: ['a', undefined] };
  const passed = { verdict: 'passed', schemaVersion: 1, payload: { tags: ['a', null] } };
  expect(gate.outbound(payload)).toStrictEqual(passed);
  expect(gate.inbound({ schemaVersion: undefined, payload })).toStrictEqual(passed);
  gate.destroy();
});

it('what is no data is refused, and nothing of it told', () => {
  const gate = crossing.createGate({ type: 'case', contract: {}, limits });
  const refusal = (payload: unknown) => gate.inbound({ schemaVersion: 1, payload });
  const undecodable = { verdict: 'refused', reason: 'undecodable' };
  for (const payload of [
    new Date(),
    { secret: NaN },
    {
      get secret() {
        return 1;
      },
    },
    () => 0,
  ]) {
    const decision = refusal(payload);
    expect(decision).toMatchObject(undecodable);
    expect(JSON.stringify(decision)).not.toContain('secret');
  }
  expect(refusal('x'.repeat(1025))).toMatchObject({ verdict: 'refused', reason: 'too-large' });
  gate.destroy();
});

it('a contract that is wrong is an error that names it', () => {
  const options = { type: 'cart/snapshot', contract: { payload: { type: 7 } }, limits };
  expect(() => crossing.createGate(options)).toThrow(
    expect.objectContaining({
      code: 'invalid-definition',
      message: expect.stringMatching(/^the contract of 'cart\/snapshot' is wrong: /),
    }),
  );
});
