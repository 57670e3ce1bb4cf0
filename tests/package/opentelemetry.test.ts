// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as api from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import * as isthmus from 'isthmus';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compile, diagnosticsOf, root, type Example } from './examples.js';
import { addEverywhere, createTestHub, envelope, log, openStranger } from '../web/bridge/tabs.js';

await isthmus.loadEngine();

const CANARY = 'hunter2';
const recipe = recipeOf('README.md');

/** The one block of a file that imports OpenTelemetry. */
function recipeOf(file: string): Example {
  const text = readFileSync(join(root, file), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
  const [block, ...others] = blocks.filter(([code]) => code.includes('@opentelemetry/api'));
  if (block === undefined || others.length > 0) throw new Error(`${file} has no one recipe`);
  const line = text.slice(0, block.index).split('\n').length + 1;
  return { file, line, language: 'ts', code: block[1]! };
}

/** Runs it as the app's code, with the packages that it imports. */
function runRecipe(): void {
  const packages: Record<string, unknown> = { '@opentelemetry/api': api, isthmus };
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(recipe.code, { compilerOptions: options });
  const run = compileFunction(outputText, ['require', 'exports']);
  run((name: string) => packages[name], {});
}

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
const provider = new MeterProvider({ readers: [reader] });
api.metrics.setGlobalMeterProvider(provider);
afterAll(() => provider.shutdown());

// The clock stands, so that no second's worth of bad messages is forgiven meanwhile.
beforeAll(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterAll(() => vi.useRealTimers());

/** What is exported now: by metric, the value of each set of labels. */
async function exported(): Promise<Record<string, [object, unknown][]>> {
  exporter.reset();
  await provider.forceFlush();
  const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
  return Object.fromEntries(
    metrics.flatMap(({ scope, metrics }) =>
      metrics.map(({ descriptor, dataPoints }) => [
        `${scope.name}: ${descriptor.name}`,
        dataPoints.map(({ attributes, value }) => [attributes, value]),
      ]),
    ),
  );
}

describe("the README's recipe for OpenTelemetry", () => {
  it('compiles as it stands there, in about ten lines', () => {
    expect(diagnosticsOf(compile([recipe]), recipe, 0)).toEqual([]);
    expect(recipe.code.trim().split('\n').slice(2).filter(Boolean).length).toBeLessThan(15);
  });

  it('exports what was dropped by reason, and by type within a bound, and never a payload', async () => {
    const hub = createTestHub();
    const { store, leave } = isthmus.joinSharedStore({
      app: 'host',
      slices: [log],
      bridge: { transport: hub.connect(), limits: { types: 2, rejects: 3 } },
    });
    runRecipe();
    const { post } = openStranger(hub);
    const good = envelope();
    for (const message of [good, good]) post(message);
    post(new Map([[CANARY, CANARY]]));
    for (const type of ['a', 'b', 'c', 'd']) post(envelope({ type, payload: CANARY }));
    for (let i = 0; i < 5; i++) post(envelope({ payload: { [CANARY]: CANARY } }));
    store.dispatch(addEverywhere('mine'));
    store.dispatch(addEverywhere({ [CANARY]: CANARY }));
    const metrics = await exported();
    leave();
    expect(metrics).toEqual({
      'isthmus: isthmus.bridge.drops': [
        [{ direction: 'in', reason: 'duplicate' }, 1],
        [{ direction: 'in', reason: 'undecodable' }, 1],
        [{ direction: 'in', reason: 'type' }, 4],
        [{ direction: 'in', reason: 'schema' }, 3],
        [{ direction: 'out', reason: 'schema' }, 1],
      ],
      'isthmus: isthmus.bridge.messages': [
        [{ outcome: 'sent' }, 1],
        [{ outcome: 'accepted' }, 1],
        [{ outcome: 'limited' }, 2],
      ],
      'isthmus: isthmus.bridge.drops_by_type': [
        [{ type: 'log/add', reason: 'duplicate' }, 1],
        [{ type: 'log/add', reason: 'schema' }, 4],
        [{ type: 'a', reason: 'type' }, 1],
        [{ type: 'b', reason: 'type' }, 1],
        [{ type: '(other)', reason: 'type' }, 2],
      ],
    });
    expect(JSON.stringify(metrics)).not.toContain(CANARY);
  });
});
