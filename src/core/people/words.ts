/** What is not seen, and what turns the text around it about. */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A stranger's text as one line, as one may show it. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(UNSEEN, '').trim();
}

/** The same, with its lines. */
export function linesOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replaceAll('\t', ' ').replaceAll(UNSEEN, '').trimEnd());
  return lines.join('\n').trim();
}

/** At most so many letters; never cut within one. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
