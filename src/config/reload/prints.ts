import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

/** Enough to tell two apart; nothing can be read from it. */
const LENGTH = 16;

/** Of filters files' texts, in whatever order and wherever they lie. */
export function textsPrint(texts: Iterable<string>): string {
  return printOf([...texts].map(printOf).sort().join(' '));
}

/** Of the file or folder, by its absolute path: links are not followed, because they are swapped to change files. */
export function placePrint(path: string): string {
  return printOf(resolve(path));
}

function printOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}
