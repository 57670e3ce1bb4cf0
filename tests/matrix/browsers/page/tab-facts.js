// A page of ../tab-facts.ts notes what it hears, which locks it gets and loses, and when its timer runs.

const notes = [];
const ticks = [];
const note = (what) => notes.push({ what, at: Date.now() });
const facts = { notes, ticks, post, ping, hold, giveBackOn, release() {} };
let channel, pong;

function post(data) {
  channel.postMessage(data);
}

function listen() {
  channel = new BroadcastChannel('facts');
  channel.onmessage = ({ data }) => {
    if (data === 'ping') return post('pong');
    if (data === 'pong') return pong();
    note(data);
  };
}

/** Resolves when another page has answered. */
function ping() {
  return new Promise((resolve) => {
    pong = resolve;
    post('ping');
  });
}

/** Resolves with the time of the answer. `release` gives the lock back, or the request up. */
function hold(name, options) {
  const request = new AbortController();
  facts.release = () => request.abort();
  return new Promise((answered) => {
    const granted = (lock) => {
      note(lock ? `granted ${name}` : `not available ${name}`);
      answered(Date.now());
      return lock && new Promise((resolve) => (facts.release = resolve));
    };
    const lost = (error) => answered(note(`lost ${name}: ${error.name}`));
    navigator.locks.request(name, options ?? { signal: request.signal }, granted).catch(lost);
  });
}

/** Channel and lock go with that event; the channel comes back with the page. */
function giveBackOn(event) {
  addEventListener(event, () => {
    facts.release();
    channel.close();
  });
  addEventListener('pageshow', listen);
}

addEventListener('pageshow', ({ persisted }) => persisted && note('restored'));
setInterval(() => ticks.push(Date.now()), 50);
globalThis.facts = facts;
listen();
