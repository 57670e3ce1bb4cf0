import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Tab } from './browser.js';

interface Process {
  parent: number;
  command: string;
  /** Its time on a processor, in the kernel's ticks. */
  used: number;
}

/** How the browsers call the processes that pages run in. */
const ofPages = /--type=renderer|-contentproc .* tab\b|WebKitWebProcess/;

/** The process of a tab, which must not be another one's as well. */
export async function processOf(
  browser: Browser,
  tab: Tab,
  others: readonly Tab[],
): Promise<number> {
  const pidOf = (each: Tab) => workerBelow(browser.pid, () => each.evaluate(work));
  const pid = await pidOf(tab);
  for (const other of others) {
    if ((await pidOf(other)) === pid) throw new Error('Both tabs are of one process.');
  }
  return pid;
}

function work(): void {
  for (const end = Date.now() + 1_000; Date.now() < end;);
}

/** The process of pages below `root` that does the work: run until it stands out on a machine that does more. */
async function workerBelow(root: number, work: () => Promise<unknown>): Promise<number> {
  for (let tries = 20; tries > 0; tries--) {
    const before = running();
    await work();
    const after = running();
    const isBelow = (pid: number | undefined): boolean =>
      pid !== undefined && (pid === root || isBelow(after.get(pid)?.parent));
    const spent = [...after]
      .filter(([pid, { command }]) => isBelow(pid) && ofPages.test(command))
      .map(([pid, { used }]) => ({ pid, ticks: used - (before.get(pid)?.used ?? 0) }));
    const [first, second] = spent.sort((a, b) => b.ticks - a.ticks);
    if (first!.ticks >= 20 && first!.ticks > 4 * (second?.ticks ?? 0)) return first!.pid;
  }
  throw new Error('No process of a page stands out.');
}

function running(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
    try {
      // What follows the name in proc's stat, see proc(5).
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      all.set(pid, { parent: Number(fields[1]), command, used: Number(fields[11]) });
    } catch {
      // It ended meanwhile.
    }
  }
  return all;
}
