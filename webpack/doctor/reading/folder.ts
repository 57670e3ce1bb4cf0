import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MOST_BYTES, type Reader } from './answer.js';

/** Reads the files of a build whose manifest or container is at an address, perhaps in a folder of it. */
export function folderReader(place: URL): Reader {
  const outer = new URL('..', place).href;
  return {
    pageOrigin: undefined,
    reaches: ({ href }) => href.startsWith(outer),
    read: (url, most = MOST_BYTES) => {
      const file = fileURLToPath(url);
      const isThere = existsSync(file);
      const bytes = isThere ? readFileSync(file) : Buffer.alloc(0);
      const first = { body: bytes.subarray(0, most), isWhole: bytes.length <= most };
      return Promise.resolve({ status: isThere ? 200 : 404, headers: {}, ...first });
    },
  };
}
