/** Bytes of a sender's id, as in src/bridge/envelope.h. */
const LONGEST_SENDER = 64;

/** Whose message it is, as far as it can be told without running code of the message. */
export function senderOf(message: unknown): string | undefined {
  const sender = fieldOf(message, 'sender');
  return typeof sender === 'string' && sender.length <= LONGEST_SENDER ? sender : undefined;
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
