import { onOneLine } from './blocks.ts';

const COLUMNS = 80;

/** A text of others on lines of 80 columns, each behind so many blanks. */
export function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of onOneLine(text).split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((it) => `${' '.repeat(indent)}${it}`).join('\n');
}
