/** A place in a text. */
export interface Scanner {
  readonly text: string;
  at: number;
  /** Of parentheses. */
  depth: number;
}

/** Sentry's own reader, in Python, gives up long before. */
const DEEPEST = 250;

/** Takes what the sticky pattern matches here. */
export function take(scanner: Scanner, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text);
  if (found === null) return undefined;
  scanner.at = pattern.lastIndex;
  return found;
}

/** Takes what `read` takes, and nothing where it gives back undefined. */
export function attempt<T>(scanner: Scanner, read: () => T | undefined): T | undefined {
  const { at } = scanner;
  const found = read();
  if (found === undefined) scanner.at = at;
  return found;
}

export function peek({ text, at }: Scanner): string {
  return text.charAt(at);
}

/** NOTE: only blanks separate; a tab is part of a word. */
export function skipBlanks(scanner: Scanner): void {
  take(scanner, / */y);
}

/** The inside of a text in quotes, with its quotes no longer escaped. */
export function takeQuoted(scanner: Scanner): string | undefined {
  return take(scanner, /"((?:\\"|[^"\\]|\\(?!"))*)"/y)?.[1]?.replaceAll('\\"', '"');
}

/** What follows without a blank; '': nothing does. */
export function gluedTo(scanner: Scanner): string {
  const next = peek(scanner);
  return /[^\s)]/.test(next) ? next : '';
}

/** What `read` takes between parentheses; undefined when they do not close. */
export function enclosed<T>(scanner: Scanner, read: () => T): T | undefined {
  if (scanner.depth === DEEPEST) return undefined;
  return attempt(scanner, () => {
    if (take(scanner, /\(/y) === undefined) return undefined;
    scanner.depth++;
    const inside = read();
    scanner.depth--;
    return take(scanner, /\)/y) === undefined ? undefined : inside;
  });
}
