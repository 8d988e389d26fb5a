import type { Rule } from './alerting/rule.ts';

/**
 * The words of this program, as types.
 *
 * - filter:   a named search over one or more Sentry projects, owned by a team
 * - window:   half-open stretch of time [start, end), five minutes on the UTC epoch grid, named by its start
 * - settle:   how long after its end a window is left alone, so that late events arrive
 * - reading:  what a source found for a filter in a window
 * - gap:      a part of a reading that is missing, with the reason
 * - report:   a reading made ready for the sinks; its id is `<filter>@<window start, ISO>`
 * - source:   reads
 * - sink:     takes items; an item is a single record with a stable key
 * - outcome:  what became of an item
 * - receipt:  what became of a report's items at one sink
 * - ledger:   memory of what reached which sink
 * - run:      one pass over filters and a window
 * - observer: is told how a run ended
 * - rule:     a sentence in a filter that says when people are told
 * - alert:    what a rule says about a subject: an issue, a filter, a part of ours
 * - channel:  takes messages for people
 * - outbox:   messages and their fate, by channel
 */

/** A named search, as the filters file holds it with its file's defaults filled in. Plain data. */
export interface Filter {
  /** `[a-z0-9][a-z0-9-]{0,59}`, unique; part of every report's id, so renaming starts a new history. */
  readonly name: string;
  /** Project slugs; at least one, no duplicates. */
  readonly projects: readonly string[];
  /** Environment names; empty: all. */
  readonly environments: readonly string[];
  /** Event levels; empty: all. */
  readonly levels: readonly string[];
  /** Literal texts; an event matches when its search message holds any of them. Empty: every event. */
  readonly searchTerms: readonly string[];
  /** Literal texts; an event whose search message holds one of them is left out. */
  readonly exclude: readonly string[];
  /** A further condition in Sentry's own search syntax. */
  readonly query?: string | undefined;
  /** Tag names to count by, together. Empty: no splits. */
  readonly tags: readonly string[];
  /** Archived and resolved issues may trend too. */
  readonly trendArchived?: boolean | undefined;
  /** How many issues the answer lists. */
  readonly top: number;
  readonly team?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly runbook?: string | undefined;
  /** Name of the source that is read; undefined: the default one. */
  readonly source?: string | undefined;
  /** Names of the sinks this filter's reports go to; undefined: all that are enabled. */
  readonly sinks?: readonly string[] | undefined;
  /** Each tells somebody. Absent: it has none. */
  readonly alerts?: readonly Rule[] | undefined;
  /** Those that tell nobody: others are to judge them. */
  readonly untold?: readonly Rule[] | undefined;
  /** Names of rules whose channels cannot be used now: what they came to stays as it is. */
  readonly frozen?: readonly string[] | undefined;
  /** A digest speaks of it: its issues are kept as if it had rules. */
  readonly digested?: true | undefined;
  /** Undefined: it comes from no file. */
  readonly place?: FilterPlace | undefined;
}

/** Where a filter stands. */
export interface FilterPlace {
  /** Path, as it was given. */
  readonly file: string;
  readonly line: number;
  /** By key; those that come from the file's defaults have their line there. */
  readonly lines: Readonly<Partial<Record<string, number>>>;
}

/** For people: `config/filters/crm.yaml:12`, the line of a key, or of the filter. */
export function whereIs({ name, place }: Pick<Filter, 'name' | 'place'>, key?: keyof Filter): string {
  if (place === undefined) return `filter ${name}`;
  return `${place.file}:${(key === undefined ? undefined : place.lines[key]) ?? place.line}`;
}

/** Every event of these projects, for every sink: a filter that says nothing else. */
export function emptyFilter(name: string, projects: readonly string[]): Filter {
  return { name, projects, environments: [], levels: [], searchTerms: [], exclude: [], tags: [], top: 25, labels: {} };
}

/**
 * Whether the filter's `query` asks for something that has no history: an issue's present state (`is:`, `status:`), or
 * which release is the latest now. Asked again later, the same window is judged by the later state.
 */
export function asksState({ query }: Pick<Filter, 'query'>): boolean {
  return query !== undefined && STATE.test(query.replaceAll(QUOTED, '$<before>'));
}

const ISSUE = '"?(?:is|status)"?:';
const LATEST = '"?release"?:(?:"?latest"?(?=[\\s)]|$)|\\[[^\\]]*latest[^\\]]*\\])';

/** Where a term may begin, negated or not. */
const STATE = new RegExp(`(?:^|[\\s()])!?(?:${ISSUE}|${LATEST})`);

/** A text in quotes: where quotes are no part of a word, and not a key, which a colon follows. */
const QUOTED = /(?<before>^|[\s(!:=[,])"(?!latest")(?:\\"|[^"])*"(?!:)/g;
