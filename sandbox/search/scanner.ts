import { SearchError } from './ast.ts';

/** A place in a search string. */
export type Scanner = { readonly text: string; at: number };

/** The text of SA §8.4; the column counts from 1. */
export function parseError(text: string, at: number): SearchError {
  const column = at + 1;
  const near = text.slice(Math.max(0, column - 5), column + 5);
  return new SearchError(
    `Parse error at '${near}' (column ${String(column)}). ` +
      'This is commonly caused by unmatched parentheses. Enclose any text in double quotes.',
  );
}

export function quoteError(token: string): SearchError {
  return new SearchError(`Invalid quote at '${token}': quotes must enclose text or be escaped.`);
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
  take(scanner, /[ \t]*/y);
}

export function atEnd(scanner: Scanner): boolean {
  return scanner.at >= scanner.text.length;
}

export function peek(scanner: Scanner): string {
  return scanner.text.charAt(scanner.at);
}

/** Whether a term may end here: blank, closing parenthesis or the end. */
export function atTermEnd(scanner: Scanner): boolean {
  return atEnd(scanner) || /[ \t\n)]/.test(peek(scanner));
}

/** The raw inside of a quoted text, `\"` kept; undefined when no quoted text closes here. */
export function takeQuoted(scanner: Scanner): string | undefined {
  if (peek(scanner) !== '"') return undefined;
  for (let i = scanner.at + 1; i < scanner.text.length; i++) {
    if (scanner.text.startsWith('\\"', i)) {
      i++;
      continue;
    }
    if (scanner.text.charAt(i) !== '"') continue;
    const inside = scanner.text.slice(scanner.at + 1, i);
    scanner.at = i + 1;
    return inside;
  }
  return undefined;
}

export function hasLooseQuote(token: string): boolean {
  return /(?<!\\)"/.test(token);
}
