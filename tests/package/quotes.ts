import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './examples.js';

/** A block of code in a page, and the file that the line before it links to. */
export interface Quote {
  readonly file: string | undefined;
  readonly code: string;
}

/** Each block of code of a page of docs. */
export function quotesIn(page: string): Quote[] {
  const block = /(?:\]\(([^)\n]+)\):\n\n)?^( *)```\w+\n([\s\S]*?)^ *```$/gm;
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(block)].map(([, file, indent = '', code = '']) => ({
    file: file && join(dirname(page), file),
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}
