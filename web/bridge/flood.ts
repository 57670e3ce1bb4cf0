import { fieldOf } from './hub.js';

/** How long a sender may be limited, in milliseconds, after it was last found to be. */
const LIMITED_FOR = 1000;

/** Bytes of a sender's id, as in src/log/envelope.h. */
const LONGEST_SENDER = 64;

/** Spares a flood's messages the encoding. */
export class Flood {
  readonly #isLimited: (sender: string, now: number) => boolean;
  #noticedAt = -Infinity;

  /** Of a sender, whether it is over its limit. */
  constructor(isLimited: (sender: string, now: number) => boolean) {
    this.#isLimited = isLimited;
  }

  /** Some sender was found to be over its limit. */
  notice(now: number): void {
    this.#noticedAt = now;
  }

  /** Whether a message is of one that is. */
  has(message: unknown, now: number): boolean {
    if (Math.abs(now - this.#noticedAt) > LIMITED_FOR) return false;
    const sender = senderOf(message);
    if (sender === undefined || !this.#isLimited(sender, now)) return false;
    this.notice(now);
    return true;
  }
}

/** Whose message it is, as far as it can be told without running code of the message. */
function senderOf(message: unknown): string | undefined {
  const sender = fieldOf(message, 'sender');
  return typeof sender === 'string' && sender.length <= LONGEST_SENDER ? sender : undefined;
}
