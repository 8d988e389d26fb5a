/** Lines of a comment in HCL and YAML; a line break in a text cannot end it. */
export function comment(lines: readonly string[]): string {
  return lines.map((line) => `${`# ${onOneLine(line)}`.trimEnd()}\n`).join('');
}

export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** A text of at most so many UTF-16 units; what was longer ends with `…`. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;
}
