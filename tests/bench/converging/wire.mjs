// Tabs of one channel in this process, and a clock for them. Nothing happens by itself: messages wait for
// `deliver`, timers for `pass`, and locks are granted to timers. Each message and each timer is a task.

/** `onTask(run)` is given each task to run. */
export function openWire(onTask = (run) => run()) {
  const ends = new Set();
  const waiting = [];
  const timers = [];
  const wire = { now: 0, posts: 0, frames: 0, posted: undefined, connect, bring, deliver, pass };
  const locks = openLocks((task) => after(0, task));

  function after(milliseconds, task) {
    const timer = { due: wire.now + milliseconds, task };
    timers.push(timer);
    return () => drop(timers, timer);
  }

  /** One tab: how it opens a channel. */
  function connect() {
    const tab = (channel) => {
      const end = { tab, channel, hear: () => undefined };
      ends.add(end);
      return {
        carriesBytes: true,
        later: (task) => void after(0, task),
        locks,
        timers: { now: () => wire.now, after: (ms, task) => after(Math.max(ms, 1), task) },
        visibility: { isHidden: false, onChange: () => () => undefined },
        post: (message) => post(end, message),
        onMessage: (listener) => (end.hear = listener),
        close: () => void ends.delete(end),
      };
    };
    return tab;
  }

  function post(from, message) {
    wire[isOfLog(from) ? 'frames' : 'posts'] += 1;
    if (!isOfLog(from)) wire.posted = message;
    for (const to of ends) {
      if (to !== from && to.channel === from.channel) waiting.push({ to, message });
    }
  }

  /** A message to one tab, from nowhere. */
  function bring(tab, message) {
    for (const end of ends) if (end.tab === tab && !isOfLog(end)) end.hear(message);
  }

  function deliver() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { to, message } = next;
      if (ends.has(to)) onTask(() => to.hear(message));
    }
  }

  /** Lets time pass, with all that happens meanwhile, or with `until` as long as that is false. */
  function pass(milliseconds, until = () => false) {
    const end = wire.now + milliseconds;
    deliver();
    while (!until()) {
      const next = timers.reduce((a, b) => (b.due < a.due ? b : a), { due: Infinity });
      if (next.due > end) return void (wire.now = end);
      drop(timers, next);
      wire.now = next.due;
      onTask(next.task);
      deliver();
    }
  }

  return Object.defineProperty(wire, 'timers', { get: () => timers.length });
}

const isOfLog = ({ channel }) => channel.endsWith('/log');

function drop(list, item) {
  const place = list.indexOf(item);
  if (place >= 0) list.splice(place, 1);
}

/** The first of each name's requests has the lock. */
function openLocks(later) {
  const queues = new Map();
  return {
    held: (tell) => tell([...queues].filter(([, queue]) => queue.length > 0).map(([name]) => name)),
    request(name, request) {
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      if (request.steal) queue.splice(0, 1).forEach((lost) => lost.onLost?.());
      request.steal ? queue.unshift(request) : queue.push(request);
      const grant = () => {
        const first = queue[0];
        if (first !== undefined) later(() => queue[0] === first && first.onGranted?.());
      };
      if (queue[0] === request) grant();
      return () => {
        const hadIt = queue[0] === request;
        drop(queue, request);
        if (hadIt) grant();
      };
    },
  };
}
