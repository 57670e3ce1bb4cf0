import { UnreadableInput } from '../unreadable-input.js';
import { MOST_BYTES, type Answer, type Reader } from './answer.js';

const TIMEOUT = 10_000; // ms

/** Reads from servers as a page of this origin does: many tell what they allow only where one is named. */
export function serverReader(pageOrigin: string): Reader {
  return {
    pageOrigin,
    reaches: ({ protocol }) => protocol === 'http:' || protocol === 'https:',
    read: (url, most = MOST_BYTES) => fetchFirst(url, most, pageOrigin),
  };
}

async function fetchFirst(url: URL, most: number, Origin: string): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const response = await fetch(url, { headers: { Origin }, signal });
    const first = await firstBytes(response, most);
    return { status: response.status, headers: Object.fromEntries(response.headers), ...first };
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new UnreadableInput(url.href, `no answer (${reason})`);
  }
}

async function firstBytes(
  { body }: Response,
  most: number,
): Promise<Pick<Answer, 'body' | 'isWhole'>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break; // which ends the download
  }
  return { body: Buffer.concat(chunks).subarray(0, most), isWhole: length <= most };
}
