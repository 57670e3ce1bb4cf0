import type { Action } from 'redux';

import type { CrossingSlot, Nesting } from '../api/crossing-port.js';
import { reportLater } from '../base/listeners.js';
import { isBytes } from '../engine/codec/inert-reads.js';
import { realm } from '../page/realm.js';
import { inNextTask } from './next-task.js';
import type { OpenTransport, Transport } from './transport.js';

declare module '../page/realm.js' {
  interface Realm {
    /** The hubs by how they are carried and by channel name. */
    hubs?: WeakMap<OpenTransport, Map<string, Hub>>;
  }
}

/** One store on a hub. */
export interface HubPort {
  /** The message to post for an action that a store has taken, if it may leave. Never throws. */
  seal(action: Action): unknown;
  /** What leaves for the action was given. Never throws. */
  sealed(action: Action): void;
  /** Decides about a message of a store of this realm and applies it at once. Never throws. */
  take(message: unknown): void;
  /** The same for one from the channel, which may have to wait. */
  receive(message: unknown): void;
  /** The channel did not take what was sealed for the action. Never throws. */
  unsent(action: Action): void;
}

interface Slot {
  readonly port: HubPort;
  readonly action: Action;
  /** Whether the message is given when the reducers have taken the action, instead of asked for afterwards. */
  readonly isGiven: boolean;
  isFulfilled: boolean;
  message: unknown;
}

/**
 * The one owner of a channel in this realm. Slots are reserved before reducers run and go out, in that
 * order, when the outermost dispatch of all stores on it has settled: to the channel, and to the other
 * stores here, each message once per store.
 */
export class Hub {
  /** Of the dispatches of all stores on it. */
  readonly nesting: Nesting;
  readonly budget = new TaskBudget();
  readonly #channel: string;
  readonly #open: OpenTransport;
  readonly #ports = new Set<HubPort>();
  #transport: Transport | undefined;
  readonly #slots: Slot[] = [];
  readonly #peers = new Peers();
  #flushing = false;

  constructor(open: OpenTransport, channel: string) {
    this.#open = open;
    this.#channel = channel;
    this.nesting = { depth: 0, slots: this.#slots };
  }

  /** Whether large messages are to go out as bytes. */
  get readsBytes(): boolean {
    return this.#transport?.carriesBytes === true && this.#peers.readBytes;
  }

  /** Opens another channel in the same way. */
  get open(): OpenTransport {
    return this.#open;
  }

  attach(port: HubPort): void {
    if (this.#ports.size === 0) {
      this.#connect();
      globalThis.addEventListener?.('pagehide', this.#hide);
      globalThis.addEventListener?.('pageshow', this.#connect);
    }
    this.#ports.add(port);
  }

  /** What its store's reducers took still leaves: a listener may end its store during a dispatch. */
  detach(port: HubPort): void {
    const left = this.#slots.filter((slot) => slot.port === port);
    const others = this.#slots.filter((slot) => slot.port !== port);
    this.#slots.splice(0, this.#slots.length, ...others);
    for (const slot of left) if (slot.isFulfilled) this.#send(slot);
    this.#ports.delete(port);
    if (this.#ports.size > 0) return;
    this.#disconnect();
    globalThis.removeEventListener?.('pagehide', this.#hide);
    globalThis.removeEventListener?.('pageshow', this.#connect);
  }

  reserve(port: HubPort, action: Action, isGiven = false): CrossingSlot {
    const slot: Slot = { port, action, isGiven, isFulfilled: false, message: undefined };
    this.#slots.push(slot);
    return {
      direction: 'out',
      fulfil: (message) => {
        slot.isFulfilled = true;
        slot.message ??= message;
      },
    };
  }

  settled(): void {
    if (!this.#flushing) this.#flush();
  }

  /** Delivery to a store here may dispatch more marked actions; they are taken along in their turn. */
  #flush(): void {
    this.#flushing = true;
    try {
      for (let slot = this.#slots.shift(); slot !== undefined; slot = this.#slots.shift()) {
        if (slot.isFulfilled) this.#send(slot);
      }
    } finally {
      this.#flushing = false;
    }
  }

  #send({ port, action, isGiven, message: given }: Slot): void {
    const message = isGiven ? given : port.seal(action);
    if (message === undefined) return;
    if (isGiven) port.sealed(action);
    this.deliver(port, action, message);
  }

  /** Gives the message of a port's action to the channel, and to the other stores here. */
  deliver(port: HubPort, action: Action, message: unknown): void {
    if (!this.post(message)) port.unsent(action);
    this.#eachPort((other) => {
      if (other !== port) other.take(message);
    });
  }

  /** The stores of this moment, but not one that another store's listeners end meanwhile. */
  #eachPort(visit: (port: HubPort) => void): void {
    for (const port of [...this.#ports]) if (this.#ports.has(port)) visit(port);
  }

  /**
   * Posts on the channel alone, not to the stores here. The dispatch that this ends has succeeded, whatever
   * becomes of the message: never throws. Returns whether the channel took it.
   */
  post(message: unknown): boolean {
    try {
      if (this.#transport === undefined) this.#postHidden(message);
      else this.#transport.post(message);
      return true;
    } catch (error) {
      reportLater(error);
      return false;
    }
  }

  /** What the app does in its own listeners, after this one's, leaves on a channel that is open so long. */
  #postHidden(message: unknown): void {
    const transport = this.#open(this.#channel);
    try {
      transport.post(message);
    } finally {
      transport.close();
    }
  }

  /**
   * An open channel would keep the page out of the back/forward cache. A page that goes for good takes its
   * channel along.
   */
  readonly #hide = (event: Partial<PageTransitionEvent>): void => {
    if (event.persisted !== false) this.#disconnect();
  };

  #disconnect(): void {
    this.#transport?.close();
    this.#transport = undefined;
  }

  /** Whether a dispatch of a store here is under way, or what it sends. */
  get isBusy(): boolean {
    return this.nesting.depth > 0 || this.#flushing || this.#slots.length > 0;
  }

  readonly #connect = (): void => {
    if (this.#transport !== undefined) return;
    this.#transport = this.#open(this.#channel);
    this.budget.follow(this.#transport);
    this.#transport.onMessage((message) => {
      this.#peers.heard(message);
      this.#eachPort((port) => port.receive(message));
    });
  };
}

/** The realm's hub for a channel, made on first use. */
export function hubFor(open: OpenTransport, channel: string): Hub {
  const hubs = (realm().hubs ??= new WeakMap());
  let byChannel = hubs.get(open);
  if (byChannel === undefined) hubs.set(open, (byChannel = new Map()));
  let hub = byChannel.get(channel);
  if (hub === undefined) byChannel.set(channel, (hub = new Hub(open, channel)));
  return hub;
}

/**
 * What the peers of a channel can read. Everyone reads envelopes as plain objects. Bytes cost both sides
 * less where they are many, and are sent once all peers that were heard have told that they read them, by sending such
 * or by `binary` in their envelopes: a single one that has not is a reason to stay with objects.
 */
class Peers {
  #announced = false;
  #silent = false;

  get readBytes(): boolean {
    return this.#announced && !this.#silent;
  }

  heard(message: unknown): void {
    if (this.#silent) return;
    if (isBytes(message) || fieldOf(message, 'binary') === 1) this.#announced = true;
    else if (fieldOf(message, 'isthmus') === 1) this.#silent = true;
  }
}

/** Whether a port is switched on. A flag that throws lets nothing cross, and what it keeps is counted like all else. */
export function isOn(port: { readonly enabled: boolean }): boolean {
  try {
    return port.enabled;
  } catch (error) {
    reportLater(error);
    return false;
  }
}

/** A Proxy may throw; that is found, and counted, where the message is encoded. */
export function fieldOf(message: unknown, name: string): unknown {
  if (typeof message !== 'object' || message === null) return undefined;
  try {
    return Object.getOwnPropertyDescriptor(message, name)?.value;
  } catch {
    return undefined;
  }
}

/** Messages that one task may apply: so many, or after the first few for so long in all. */
const MOST = 64;
const FEW = 16;
const MILLISECONDS = 8;

/** What the stores of a hub may still apply before the page gets its turn, and when they go on. */
export class TaskBudget {
  #messages = 0;
  #time = 0;
  #later: Transport['later'];

  get isSpent(): boolean {
    return this.#messages >= MOST || (this.#messages >= FEW && this.#time >= MILLISECONDS);
  }

  /** Whose tasks there are: a transport that has its own has no clock either. */
  follow({ later }: Transport): void {
    this.#later = later;
  }

  /** For one message that `run` applies. The budget is whole again when the running script has ended. */
  spend(run: () => boolean): boolean {
    const start = this.#now();
    const isApplied = run();
    if (isApplied) this.#spend(this.#now() - start);
    return isApplied;
  }

  /** Calls back in a task of its own, with all of the budget. */
  later(callback: () => void): void {
    (this.#later ?? inNextTask)(() => {
      this.#renew();
      callback();
    });
  }

  #now(): number {
    return this.#later === undefined ? performance.now() : 0;
  }

  #spend(milliseconds: number): void {
    if (this.#messages === 0) queueMicrotask(() => this.#renew());
    this.#messages += 1;
    this.#time += milliseconds;
  }

  #renew(): void {
    this.#messages = 0;
    this.#time = 0;
  }
}
