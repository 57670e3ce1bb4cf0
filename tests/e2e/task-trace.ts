import type { CDPSession, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds, as all times. */
  ts: number;
  dur?: number;
  args?: { src_file?: string };
  /** On a processor; `dur` would count those in which others had it, too. */
  tdur?: number;
}

const MARK = 'the traced page';
const TASK = 'ThreadControllerImpl::RunTask';
/** Parts of the garbage collector's work, within tasks of the page or in some of its own. */
const COLLECTOR = /^V8\.GC/;
const COLLECTOR_SOURCES = 'v8/src/heap/';
const SHORT = 10_000;
/** In kB. */
const BUFFER = 1_000_000;

/**
 * How long the tasks of a page take, in milliseconds on a processor: a busy machine lengthens the long
 * tasks that the page itself can observe, but not these. The garbage collector's part does not count: on a
 * busy machine its own threads come late, and the page's has to do their work.
 */
export class TaskTrace {
  readonly #events: TraceEvent[] = [];
  readonly #complete: Promise<{ dataLossOccurred: boolean }>;

  private constructor(
    readonly page: Page,
    readonly session: CDPSession,
  ) {
    session.on('Tracing.dataCollected', ({ value }) => this.#keep(value as never));
    this.#complete = new Promise((resolve) => session.on('Tracing.tracingComplete', resolve));
  }

  static async start(page: Page): Promise<TaskTrace> {
    const browser = page.context().browser();
    if (browser === null) throw new Error('Only a browser that a test has launched can be traced.');
    const trace = new TaskTrace(page, await browser.newBrowserCDPSession());
    await trace.session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: {
        includedCategories: ['toplevel', 'blink.user_timing', 'disabled-by-default-v8.gc'],
        excludedCategories: ['*'],
        traceBufferSizeInKb: BUFFER,
      },
    });
    await page.evaluate((name) => void performance.mark(name), MARK);
    return trace;
  }

  /**
   * The page's tasks since the start that took longer than this, which must be 10 or more; undefined if the
   * browser was too busy to note all.
   */
  async stop(longerThan: number): Promise<number[] | undefined> {
    await this.session.send('Tracing.end');
    const { dataLossOccurred } = await this.#complete;
    await this.session.detach();
    if (dataLossOccurred) return undefined;
    const mark = this.#events.find(({ name }) => name === MARK);
    if (mark === undefined) throw new Error('The trace has lost the mark of its page.');
    const own = this.#events.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid);
    const tasks = own.filter(({ name, args }) => name === TASK && !isCollectors(args));
    const collections = outermost(own.filter(({ name }) => COLLECTOR.test(name)));
    return tasks.map((task) => scriptTime(task, collections)).filter((time) => time > longerThan);
  }

  #keep(events: TraceEvent[]): void {
    const isKept = ({ name, tdur = 0 }: TraceEvent) =>
      name === MARK || tdur > (COLLECTOR.test(name) ? 0 : SHORT);
    this.#events.push(...events.filter(isKept));
  }
}

function isCollectors(args: TraceEvent['args']): boolean {
  return args?.src_file?.startsWith(COLLECTOR_SOURCES) ?? false;
}

const endOf = ({ ts, dur = 0 }: TraceEvent) => ts + dur;

/** Those that lie within no other. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const outer: TraceEvent[] = [];
  const inOrder = [...events].sort((a, b) => a.ts - b.ts || endOf(b) - endOf(a));
  for (const event of inOrder) {
    const last = outer.at(-1);
    if (last === undefined || event.ts >= endOf(last)) outer.push(event);
  }
  return outer;
}

/** Milliseconds of a task without the collections within it. */
function scriptTime(task: TraceEvent, collections: readonly TraceEvent[]): number {
  const within = collections.filter(({ ts }) => ts >= task.ts && ts < endOf(task));
  const collecting = within.reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  return ((task.tdur ?? 0) - collecting) / 1000;
}
