import { readdirSync } from 'node:fs';
import path from 'node:path';

const dist = path.join(import.meta.dirname, '../dist');

/** The scripts in dist that the entry `isthmus` is made of: itself, and what it imports or loads later. */
export const entryFiles = readdirSync(dist).filter((name) =>
  /^(index|(chunk|crossing|port)-\w+)\.js$/.test(name),
);
