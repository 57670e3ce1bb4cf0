import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { cases, casesIn } from '../bench/cases/all.mjs';
import { measureCase } from '../bench/measure-case.mjs';
import { measure } from '../bench/measure.mjs';
import { readOptions } from '../bench/options.mjs';
import { growthPlot } from '../bench/report/plot.mjs';
import { printTable } from '../bench/report/table.mjs';
import { compared } from '../bench/report/rows.mjs';
import { withTargets } from '../bench/report/targets.mjs';
import { serveCompressed } from '../bench/start/serve-compressed.mjs';
import { spreadOf } from '../bench/statistics.mjs';

interface Row {
  id: string;
  case: string;
  runtime: string;
  size: number;
  unit: string;
  medians: Record<string, number>;
  ratios: Record<string, number>;
  spread: Record<string, { median: number; min: number; max: number; samples: number }>;
  target?: { text: string; met: boolean };
}

const program = fileURLToPath(new URL('../bench/run.mjs', import.meta.url));
const short = ['--no-build', '--quick', '--only=counter', '--runtime=node', '--json'];

describe('a short run for machines', () => {
  let rows: Row[];

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...short]);
    rows = JSON.parse(stdout) as Row[];
  });

  it('prints one row for each size, and nothing else', () => {
    const ids = ['node/counter/1', 'node/counter/10', 'node/counter/100'];
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it('has a median for every contender and its ratio to isthmus', () => {
    for (const { medians, ratios, unit } of rows) {
      expect(unit).toBe('ns');
      expect(Object.keys(medians)).toEqual(['isthmus', 'draft', 'redux', 'rtk', 'zustand']);
      for (const contender of ['draft', 'redux', 'rtk', 'zustand']) {
        const ratio = medians[contender]! / medians['isthmus']!;
        expect(ratios[contender]! / ratio).toBeCloseTo(1, 2); // to three digits
      }
    }
  });

  it('says how much the rounds differ', () => {
    for (const { spread } of rows) {
      for (const { median, min, max, samples } of Object.values(spread)) {
        expect(samples).toBe(3);
        expect(min).toBeGreaterThan(0);
        expect(median >= min && median <= max).toBe(true);
      }
    }
  });

  it('judges each row that has a target', () => {
    for (const { target } of rows) {
      expect(target).toEqual({ text: expect.stringMatching(/\(.+x\)$/), met: expect.any(Boolean) });
    }
  });
});

const inNode = casesIn('node', cases) as { name: string; sizes: number[] }[];

it.each(inNode)('the case $name runs', async ({ name, sizes }) => {
  const once = { name, size: Math.min(...sizes), names: undefined, rounds: 1, roundMs: 1 };
  expect(Object.keys((await measureCase(once)) as object)).not.toEqual([]);
});

it('two tabs that agree keep no more than 1,024 entries, and at rest do nothing', async () => {
  const args = ['--no-build', '--quick', '--only=converging-memory', '--runtime=node', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  const rows = JSON.parse(stdout) as (Row & { case: string })[];
  expect(rows.map((row) => row.case)).toEqual(['converging-memory', 'converging-rest']);
  const { isthmus, ...rest } = rows[1]!.medians;
  expect(isthmus).toBeGreaterThan(128);
  expect(isthmus).toBeLessThanOrEqual(1024);
  expect(rest).toEqual({ timers: 0, messages: 0 });
});

it('a late tab takes all entities over, and waits for nobody', async () => {
  const args = ['--no-build', '--quick', '--only=late-join', '--runtime=node', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  const [row] = JSON.parse(stdout) as Row[];
  expect(row!.medians).toMatchObject({ isthmus: expect.any(Number), waiting: 0 });
});

it('the first dispatches are timed in fresh processes, beside those of Redux Toolkit', async () => {
  const args = ['--no-build', '--quick', '--only=cold', '--runtime=node', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  const rows = JSON.parse(stdout) as Row[];
  expect(rows.map(({ id }) => id)).toEqual(['node/cold/100', 'node/cold/1000']);
  for (const { medians, ratios } of rows) {
    expect(Object.keys(medians)).toEqual(['isthmus', 'function', 'draft', 'redux', 'rtk']);
    expect(ratios['isthmus']! / (medians['isthmus']! / medians['rtk']!)).toBeCloseTo(1, 2);
    expect(ratios).not.toHaveProperty('rtk');
  }
});

it('pages are served as a site would: compressed, and WebAssembly as what it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-bench-'));
  writeFileSync(join(folder, 'engine.wasm'), 'a'.repeat(1000));
  const { url, close } = await serveCompressed(folder);
  const served = await fetch(`${url}/engine.wasm`);
  const text = await served.text();
  const missing = await fetch(`${url}/main.js`);
  close();
  rmSync(folder, { recursive: true });
  expect(text).toBe('a'.repeat(1000));
  expect(served.headers.get('content-type')).toBe('application/wasm');
  expect(served.headers.get('content-encoding')).toBe('br');
  expect(Number(served.headers.get('content-length'))).toBeLessThan(50);
  expect(missing.status).toBe(404);
});

describe('the targets', () => {
  const row = (size: number, isthmus: number, rtk: number) => ({
    id: `node/update-one/${size}`,
    case: 'update-one',
    runtime: 'node',
    size,
    medians: { isthmus, draft: isthmus, rtk },
    ratios: { rtk: rtk / isthmus },
  });
  const verdict = (rows: object[], size: number) =>
    (withTargets(rows as never[]) as Row[]).find((each) => each.size === size)?.target;

  it('are met at the ratio that was promised, not below', () => {
    expect(verdict([row(1000, 10, 1000)], 1000)?.met).toBe(true);
    expect(verdict([row(1000, 10, 999)], 1000)?.met).toBe(false);
  });

  it('compare rows of one runtime where growth is limited', () => {
    const small = row(1000, 10, 1000);
    expect(verdict([small, row(100_000, 30, 6e5)], 100_000)?.met).toBe(true);
    expect(verdict([small, row(100_000, 31, 7e5)], 100_000)?.met).toBe(false);
  });

  it('say nothing of a row without one', () => {
    expect(verdict([row(10, 1, 1)], 10)).toBeUndefined();
  });
});

describe('a case', () => {
  it.each(['node', 'chromium'])('runs in %s if it says nothing else', (runtime) => {
    expect(casesIn(runtime, [{ name: 'a' }])).toEqual([{ name: 'a' }]);
  });

  it('runs in those that it names only', () => {
    const dom = { name: 'a', runtimes: ['chromium'] };
    expect(casesIn('chromium', [dom])).toEqual([dom]);
    expect(casesIn('node', [dom])).toEqual([]);
  });
});

describe('the options', () => {
  it('refuse a case and a runtime that do not exist, naming those that do', () => {
    expect(() => readOptions(['--only=nothing'], ['counter'])).toThrow(/nothing.*counter/);
    expect(() => readOptions(['--runtime=moon'], ['counter'])).toThrow(/moon.*chromium/);
    expect(() => readOptions(['--unheard-of'], ['counter'])).toThrow(/Usage/);
  });

  it('keep the order of the runtimes, so that native figures find those of wasm', () => {
    const { runtimes } = readOptions(['--runtime=native,node'], ['counter']);
    expect(runtimes).toEqual(['node', 'native']);
  });

  it('refuse to write the figures of a part into the README', () => {
    expect(() => readOptions(['--readme', '--quick'], ['counter'])).toThrow('full run');
    expect(() => readOptions(['--readme', '--only=counter'], ['counter'])).toThrow('full run');
  });
});

describe('work that is measured', () => {
  const effort = { rounds: 3, roundMs: 5 };
  const waiting = (pieces: number) => ({
    pieces,
    prepare: () => 2,
    work: async (fresh: number) => (await new Promise((done) => setTimeout(done, fresh)), fresh),
    discard: () => undefined,
  });

  it('may be a promise, and its time is shared among its pieces', async () => {
    const { one, many } = await measure({ one: waiting(1), many: waiting(1000) }, effort);
    expect(Math.min(...one!)).toBeGreaterThan(1e6);
    expect(Math.max(...many!)).toBeLessThan(Math.min(...one!) / 10);
  });

  it('must give all contenders the same value', async () => {
    const contenders = { one: () => 1, other: { ...waiting(1), work: () => Promise.resolve(2) } };
    await expect(measure(contenders, effort)).rejects.toThrow(/one 1, other 2/);
  });
});

it('a row with many contenders and without isthmus is a column, without ratios', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const medians = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`r${i}`, 100 + i]));
  const row = { id: 'node/drops/1', name: 'Drops', runtime: 'node', size: 1, unit: 'ns', medians };
  printTable([compared({ ...row, ratios: {} })]);
  const lines = log.mock.calls.flatMap(([text = '']) => String(text).split('\n'));
  log.mockRestore();
  expect(lines.slice(2, 6)).toEqual([
    '  runtime  node',
    '  n        1',
    '  r0       100 ns',
    '  r1       101 ns',
  ]);
});

it('quartiles come from the sorted samples', () => {
  const expected = { median: 3, min: 1, q1: 2, q3: 4, max: 5, samples: 5 };
  expect(spreadOf([5, 3, 1, 2, 4])).toEqual(expected);
});

it('the plot has a line and a label for each series', () => {
  const points = [
    [10, 100],
    [1000, 10_000],
  ];
  const svg = growthPlot('Growth', 'n', [
    { label: 'one', color: '#111111', points },
    { label: 'other', color: '#222222', points: points.map(([n, ns]) => [n!, ns! * 2]) },
  ]);
  expect(svg.match(/<circle/g)).toHaveLength(4);
  expect(svg).toContain('one, 10 µs');
  expect(svg).toContain('other, 20 µs');
});
