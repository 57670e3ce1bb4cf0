/** Bytes of a sender's id, as in src/bridge/envelope.h. */
const LONGEST_SENDER = 64;

/** Whose message it is, as far as it can be told without running code of the message. */
export function senderOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const sender = ownSender(message);
  return typeof sender === 'string' && sender.length <= LONGEST_SENDER ? sender : undefined;
}

/** A Proxy may throw; that is found, and counted, where the message is encoded. */
function ownSender(message: object): unknown {
  try {
    return Object.getOwnPropertyDescriptor(message, 'sender')?.value;
  } catch {
    return undefined;
  }
}
