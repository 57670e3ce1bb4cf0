import { readFile } from 'node:fs/promises';

import { EngineCrossing } from '../../web/engine/crossing.js';
import type { EngineLimits } from '../../web/engine/engine-bridge.js';
import { Funnel } from '../../web/engine/funnel.js';
import { addCrossing, instantiate, toFirst } from '../../web/engine/instantiate.js';
import type { EngineModule } from '../../web/engine/module.js';
import { INBOUND } from '../../web/engine/verdicts.js';

/** A bridge of the compiled engine that is given bytes, which no JavaScript value may stand for. */
export interface RawBridge {
  addContract(type: string, contract: unknown): void;
  bytesOf(value: unknown): Uint8Array;
  /** `accepted`, or why they were dropped; what passes is settled as told. */
  receive(bytes: Uint8Array, enabled: boolean, applied: boolean): string;
  counters(): { accepted: number; limited: number; dropped: Record<string, number> };
}

/** An instance of the compiled engine that nothing else uses. */
export async function openModule(): Promise<EngineModule> {
  const [first, crossing] = await Promise.all(
    ['engine', 'engine-crossing'].map((name) =>
      readFile(new URL(`../../dist/${name}.wasm`, import.meta.url)),
    ),
  );
  const { engine } = await instantiate(first!);
  const { instance } = await WebAssembly.instantiate(crossing!, toFirst(engine));
  addCrossing(engine, instance);
  return engine;
}

export async function openRawBridge(limits: EngineLimits, now: number): Promise<RawBridge> {
  const module = await openModule();
  const funnel = new Funnel(module, () => {
    throw new Error('the engine has failed');
  });
  const number = 1;
  const options = { sender: 'self', store: 'shared', limits };
  const bridge = new EngineCrossing(funnel).createBridge(options);
  const inputOf = (size: number) => module.isthmus_input(size);
  return {
    addContract: (type, contract) => bridge.contracts.add(type, 'case', contract),
    bytesOf(value) {
      const { length } = funnel.encoder.begin().value(value);
      const start = inputOf(length);
      return new Uint8Array(module.memory.buffer).slice(start, start + length);
    },
    receive(bytes, enabled, applied) {
      new Uint8Array(module.memory.buffer).set(bytes, inputOf(bytes.length));
      const verdict = funnel.ask((engine) =>
        engine.isthmus_inbound(number, bytes.length, Number(enabled), now, 0, 0),
      );
      const reason =
        verdict === INBOUND.dropped ? funnel.dropReasons[funnel.answer().varint()]! : undefined;
      funnel.close();
      if (verdict === INBOUND.notRead) return 'limited';
      if (reason !== undefined) return reason;
      bridge.settle(applied);
      return applied ? 'accepted' : 'reducer';
    },
    counters: () => bridge.books.counters() as ReturnType<RawBridge['counters']>,
  };
}
