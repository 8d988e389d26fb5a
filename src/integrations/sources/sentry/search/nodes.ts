/**
 * What a text of Sentry's event search says, as Sentry's own grammar reads it (docs/sentry-search.md). `source` is the
 * piece of the text that a node was read from.
 */
export type Node = Operator | Group | Words | Term;

export interface Operator {
  readonly kind: 'operator';
  readonly word: 'AND' | 'OR';
  readonly source: string;
}

export interface Group {
  readonly kind: 'group';
  readonly parts: readonly Node[];
  readonly source: string;
}

/** Free text: the search message holds it as one phrase. '' is no condition. */
export interface Words {
  readonly kind: 'words';
  readonly text: string;
  readonly isQuoted: boolean;
  /** What follows without a blank between; '': nothing does. */
  readonly gluedTo: string;
  readonly source: string;
}

export interface Term {
  readonly kind: 'term';
  readonly isNegated: boolean;
  readonly key: Key;
  readonly value: Value;
  readonly gluedTo: string;
  readonly source: string;
}

/** `field`: a field of events, or a tag by its bare name; `count`: a call such as `count()`. */
export interface Key {
  readonly kind: 'field' | 'tag' | 'flag' | 'count';
  readonly name: string;
}

export interface Entry {
  /** Escaped quotes are quotes; a star and what escapes it are as they were written. */
  readonly text: string;
  readonly isQuoted: boolean;
}

/** `flawed`: Sentry answers 400. */
export type Value =
  | (Entry & { readonly kind: 'text'; readonly operator: '' | '=' | '!=' | '>' | '>=' | '<' | '<=' })
  | { readonly kind: 'list'; readonly entries: readonly Entry[] }
  | { readonly kind: 'has' }
  | { readonly kind: 'flawed'; readonly why: 'nothing' | 'quote' | 'hole' | 'key' };

/** A star that no backslash takes its meaning. */
export function hasWildcard(text: string): boolean {
  return /(?<!\\)(?:\\\\)*\*/.test(text);
}

export function entriesIn(value: Value): readonly Entry[] {
  if (value.kind === 'list') return value.entries;
  return value.kind === 'text' ? [value] : [];
}

export function textsIn(value: Value): readonly string[] {
  return entriesIn(value).map(({ text }) => text);
}
