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
