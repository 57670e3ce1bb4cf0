import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  parent: number;
  command: string;
  /** Its time on a processor, in the kernel's ticks. */
  used: number;
}

/** How the browsers call the processes that pages run in. */
const ofPages = /--type=renderer|-contentproc .* tab\b|WebKitWebProcess/;

/** The process of pages below `root` that does the work: run until it stands out on a machine that does more. */
export async function processOf(root: number, work: () => Promise<unknown>): Promise<number> {
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
