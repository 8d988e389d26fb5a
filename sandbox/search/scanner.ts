import { SearchError } from './ast.ts';

/** A place in a search string. */
export type Scanner = { readonly text: string; at: number };

/** Sentry's own words; the column counts from 1. */
export function parseError(text: string, at: number): SearchError {
  const column = at + 1;
  const near = text.slice(Math.max(0, column - 5), column + 5);
  return new SearchError(
    `Parse error at '${near}' (column ${String(column)}). ` +
      'This is commonly caused by unmatched parentheses. Enclose any text in double quotes.',
  );
}

/** Takes what the sticky pattern matches here, or nothing. */
export function take(scanner: Scanner, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text);
  if (found === null) return undefined;
  scanner.at = pattern.lastIndex;
  return found;
}

export function skipSpaces(scanner: Scanner): void {
  take(scanner, / */y);
}

export function atEnd(scanner: Scanner): boolean {
  return scanner.at >= scanner.text.length;
}

export function peek(scanner: Scanner): string {
  return scanner.text.charAt(scanner.at);
}
