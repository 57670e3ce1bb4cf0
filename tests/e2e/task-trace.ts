import type { CDPSession, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds on a processor; `dur` would count those in which others had it, too. */
  tdur?: number;
}

const MARK = 'the traced page';
const TASK = 'ThreadControllerImpl::RunTask';
const SHORT = 10_000;
/** What does not fit is lost from the end; a task that a test makes last shows that all did. */
const BUFFER = 1_000_000;

/**
 * How long the tasks of a page take, in milliseconds on a processor: a busy machine lengthens the long
 * tasks that the page itself can observe, but not these.
 */
export class TaskTrace {
  readonly #events: TraceEvent[] = [];
  readonly #complete: Promise<unknown>;

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
        includedCategories: ['toplevel', 'blink.user_timing'],
        excludedCategories: ['*'],
        traceBufferSizeInKb: BUFFER,
      },
    });
    await page.evaluate((name) => void performance.mark(name), MARK);
    return trace;
  }

  /** The page's tasks since the start that took longer than this, which must be 10 or more. */
  async stop(longerThan: number): Promise<number[]> {
    await this.session.send('Tracing.end');
    await this.#complete;
    await this.session.detach();
    const mark = this.#events.find(({ name }) => name === MARK);
    if (mark === undefined) throw new Error('The trace has lost the mark of its page.');
    const { pid, tid } = mark;
    const tasks = this.#events.filter(
      (event) => event.name === TASK && event.pid === pid && event.tid === tid,
    );
    return tasks.map(({ tdur = 0 }) => tdur / 1000).filter((time) => time > longerThan);
  }

  #keep(events: TraceEvent[]): void {
    const isKept = ({ name, tdur = 0 }: TraceEvent) => name === MARK || tdur > SHORT;
    this.#events.push(...events.filter(isKept));
  }
}
