import type { EngineFile, EngineFound } from '../inputs.js';
import { UnreadableInput } from '../unreadable-input.js';
import { addressOf, placeOf } from './address.js';
import { isPage, type Answer, type Reader } from './answer.js';

const MAGIC = Buffer.from('\0asm', 'latin1');

/** Where a build says that its engine is. */
export interface EnginePlace {
  readonly app: string;
  readonly address: string;
  readonly base: URL;
}

/** The engine of a build; undefined where a folder does not have it, such as one that is published elsewhere. */
export async function readEngine(
  { app, address, base }: EnginePlace,
  reader: Reader,
): Promise<EngineFile | undefined> {
  const url = addressOf(address, base);
  if (url === undefined || !reader.reaches(url)) {
    const isServed = reader.pageOrigin !== undefined;
    return isServed ? { app, file: address, found: { kind: 'no-answer' } } : undefined;
  }
  return { app, file: placeOf(url), found: await look(url, reader) };
}

async function look(url: URL, reader: Reader): Promise<EngineFound> {
  const answer = await readIfAnswered(url, reader, MAGIC.length);
  if (answer === undefined) return { kind: 'no-answer' };
  const { status, headers, body } = answer;
  if (status !== 200) return { kind: 'status', status };
  if (!body.equals(MAGIC)) return { kind: isPage(answer) ? 'page' : 'other' };
  const origin = reader.pageOrigin ?? url.origin;
  const allowed = headers['access-control-allow-origin'];
  const isOpen = origin === url.origin || allowed === '*' || allowed === origin;
  return isOpen ? { kind: 'wasm' } : { kind: 'closed', origin, allowed };
}

/** Where the rest of a build can be told, one file that does not come ends nothing. */
export async function readIfAnswered(
  url: URL,
  reader: Reader,
  most?: number,
): Promise<Answer | undefined> {
  try {
    return await reader.read(url, most);
  } catch (error) {
    if (error instanceof UnreadableInput) return undefined;
    throw error;
  }
}
