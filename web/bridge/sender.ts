/** Bytes of a sender's id, as in src/bridge/envelope.h. */
const LONGEST_SENDER = 64;

/** Whose message it is, as far as it can be told without running code of the message. */
export function senderOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const sender: unknown = Object.getOwnPropertyDescriptor(message, 'sender')?.value;
  return typeof sender === 'string' && sender.length <= LONGEST_SENDER ? sender : undefined;
}
