/** What a search string means, before any event is looked at. */
export type SearchNode =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SearchNode[] }
  | { readonly kind: 'term'; readonly term: Term };

export type Key = {
  readonly name: string;
  /** `field`: a key or a bare tag; `tag`: `tags[name]`; `aggregate`: `name` is the whole call, `count()`. */
  readonly kind: 'field' | 'tag' | 'aggregate';
};

export type Comparison = '>' | '>=' | '<' | '<=';

export type Test =
  | { readonly kind: 'text'; readonly pattern: Pattern }
  | { readonly kind: 'list'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'has' }
  | { readonly kind: 'compare'; readonly by: Comparison; readonly value: string };

export type Term = { readonly negated: boolean; readonly key: Key; readonly test: Test };

/** `parts` is the text between wildcards: one part means there is no wildcard. */
export type Pattern = { readonly text: string; readonly parts: readonly string[] };

/** The text of the 400 that Sentry would answer. */
export class SearchError extends Error {}

/** `issues`: as the issue search restricts it. */
export type SearchMode = 'events' | 'issues';
