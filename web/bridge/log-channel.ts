import { reportLater } from '../base/listeners.js';
import { isBytes } from '../engine/codec/inert-reads.js';
import { fromBase64, toBase64 } from './base64.js';
import { inNextTask } from './next-task.js';
import type { OpenTransport, Transport } from './transport.js';

/** Bytes after which a task posts no more: parts of a snapshot so go out one per task. */
const ENOUGH = 64 * 1024;
const NOTHING = new Uint8Array();

/** The channel of a log. It can be closed and opened again; while it is closed, frames are let go. */
export class LogChannel {
  readonly #open: OpenTransport;
  readonly #name: string;
  readonly #receive: (frame: Uint8Array) => void;
  #isOpen = false;
  #transport: Transport | undefined;
  #waiting: Uint8Array[] = [];
  #isScheduled = false;

  /** `receive` gets each frame that comes, and nothing in place of what is none. It never throws. */
  constructor(open: OpenTransport, name: string, receive: (frame: Uint8Array) => void) {
    this.#open = open;
    this.#name = name;
    this.#receive = receive;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Undefined while it is closed, or could not be opened. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  /** If that fails, it is reported, and tried again when there is something to post. */
  open(): void {
    this.#isOpen = true;
    try {
      this.#connect();
    } catch (error) {
      reportLater(error);
    }
  }

  /** In this order, behind what waits: as much as a task should, and the rest in later ones. */
  post(frames: readonly Uint8Array[]): void {
    if (!this.#isOpen || frames.length === 0) return;
    this.#waiting.push(...frames);
    if (!this.#isScheduled) this.#postSome(ENOUGH);
  }

  /** All that waits goes out before. */
  close(): void {
    if (!this.#isOpen) return;
    this.#postSome(Infinity);
    this.#isOpen = false;
    try {
      this.#transport?.close();
    } catch (error) {
      reportLater(error);
    }
    this.#transport = undefined;
  }

  #connect(): Transport {
    if (this.#transport !== undefined) return this.#transport;
    const transport = this.#open(this.#name);
    transport.onMessage((message) => {
      if (transport === this.#transport) this.#receive(frameIn(message));
    });
    return (this.#transport = transport);
  }

  #postSome(enough: number): void {
    let [count, bytes] = [0, 0];
    while (count < this.#waiting.length && bytes < enough) {
      const frame = this.#waiting[count++]!;
      this.#postOne(frame);
      bytes += frame.length;
    }
    this.#waiting.splice(0, count);
    if (this.#waiting.length > 0) this.#schedule();
  }

  #schedule(): void {
    this.#isScheduled = true;
    (this.#transport?.later ?? inNextTask)(() => {
      this.#isScheduled = false;
      this.#postSome(ENOUGH);
    });
  }

  /** A frame that is lost is asked for, so nobody has to be told. */
  #postOne(frame: Uint8Array): void {
    try {
      const transport = this.#connect();
      transport.post(transport.carriesBytes === true ? frame : toBase64(frame));
    } catch (error) {
      reportLater(error);
    }
  }
}

function frameIn(message: unknown): Uint8Array {
  if (isBytes(message)) return message;
  return (typeof message === 'string' && fromBase64(message)) || NOTHING;
}
