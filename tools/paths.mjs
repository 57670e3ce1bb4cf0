import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder; the scripts work from any current directory. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether Node was started with this module, rather than with one that imports it. */
export const isMain = (url) => fileURLToPath(url) === process.argv[1];
