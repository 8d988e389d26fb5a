import type { Alert, Telling } from '../../model/alerting/alert.ts';
import type { IssueFacts, WindowFacts } from '../../model/alerting/facts.ts';
import type { GapPart } from '../../model/gap.ts';
import type { JsonObject } from '../../model/item.ts';

/** What is kept of a filter that has rules. */
export interface FilterHead {
  /** Start of the newest window that was decided, epoch ms; null: none was. */
  readonly newest: number | null;
  /** Of the rules that decided it. */
  readonly print: string;
  /** When the files with these rules were read, epoch ms: a server with older ones decides nothing. */
  readonly loadedAt: number;
}

/** What a filter's rules had come to after a window. */
export interface KeptState {
  readonly window: number;
  readonly state: JsonObject;
}

/** Filter and an instant: start of a window, epoch ms. */
export interface FilterAt {
  readonly filter: string;
  readonly at: number;
}

/** A window of a filter by its start, epoch ms, and a count of it. */
export interface FilterCount extends FilterAt {
  readonly revision: number;
}

/** Windows of a filter that start in [from, to), epoch ms. */
export interface FilterSpan {
  readonly filter: string;
  readonly from: number;
  readonly to: number;
}

/** One window's totals, as they were counted last. */
export interface WindowTotal {
  readonly start: number;
  readonly events: number;
  readonly users: number;
  /** No gap in totals, issues or splits. */
  readonly complete: boolean;
  /** The parts that have a gap; of a window with events whose issues are not kept, also those. */
  readonly lacks: readonly GapPart[];
  /** All of the organization was silent. */
  readonly silent: boolean;
}

/** `recordedAt`: when that count was kept, by the clock that all servers share, epoch ms. */
export interface KeptTotal extends WindowTotal {
  readonly recordedAt: number;
}

/** An issue's counts over a span. */
export interface IssueSum {
  readonly id: string;
  readonly events: number;
  /** Of its biggest window: users cannot be added up. */
  readonly users: number;
}

/** What an issue counts in one window. */
export interface IssueCount {
  readonly id: string;
  /** Of the window, epoch ms. */
  readonly start: number;
  readonly events: number;
}

/** Who was told of what by a rule, once and for all. */
export interface ToldKey {
  readonly filter: string;
  readonly rule: string;
  /** Subject; with more, where it can happen again: `6507376925@2026-11-20`. */
  readonly subject: string;
  readonly channel: string;
}

/** The same for the same key, and for no other. */
export function toldName({ filter, rule, subject, channel }: ToldKey): string {
  return JSON.stringify([filter, rule, subject, channel]);
}

/** Somebody who was told. */
export interface Told extends ToldKey {
  /** End of the window of the last telling, epoch ms. */
  readonly at: number;
}

/** An alert as it was kept. */
export interface KeptAlert {
  readonly alert: Alert;
  /** The rule's identity within the filter. */
  readonly rule: string;
  /** Start of its first window, and of the one by which it ended or was told, epoch ms; null: it lasts. */
  readonly since: number;
  readonly until: number | null;
}

/** What deciding leaves behind. */
export interface Decided {
  readonly heads: readonly (FilterHead & { readonly filter: string })[];
  /**
   * Of a filter the states after every window that was decided, from the first one on: they take the place of all that
   * was kept from there on. Of those that are kept only the newest, and the last of each hour of 48, are found later.
   */
  readonly states: readonly (KeptState & { readonly filter: string })[];
  /** By id; one that is known is replaced. */
  readonly alerts: readonly KeptAlert[];
  /** One whose key is known changes nothing. */
  readonly tellings: readonly Telling[];
  readonly told: readonly Told[];
}

/**
 * Reads and writes that take effect together or not at all. All questions are for many filters at once, and what is
 * known of none is absent from an answer.
 */
export interface AlertTransaction {
  /** Nobody else decides these filters until the end. Comes first. */
  lock(filters: readonly string[]): Promise<ReadonlyMap<string, FilterHead>>;
  /**
   * Keeps the issues of windows; the windows themselves are kept with their reports. A revision that is older than the
   * known one changes nothing. `areLearned`: what they say of issues was kept before, by `learn`.
   */
  keepFacts(facts: readonly WindowFacts[], areLearned?: boolean): Promise<void>;
  /** Of these filters, as far as they were ever decided; without names of all that were. */
  heads(filters?: readonly string[]): Promise<ReadonlyMap<string, FilterHead>>;
  /** The newest state of a window that starts before `at`. */
  statesBefore(asks: readonly FilterAt[]): Promise<ReadonlyMap<string, KeptState>>;
  /** By filter, in order; as far back as windows are kept with their issues. */
  facts(asks: readonly FilterSpan[]): Promise<ReadonlyMap<string, readonly WindowFacts[]>>;
  /** As windows were counted last before that count, as far as that is kept. NOTE: before the count's facts are. */
  earlier(asks: readonly FilterCount[]): Promise<ReadonlyMap<string, readonly WindowFacts[]>>;
  totals(asks: readonly FilterSpan[]): Promise<ReadonlyMap<string, readonly KeptTotal[]>>;
  /** Over all windows of the span; of days that are kept as days only, the whole day where it begins in the span. */
  sums(asks: readonly FilterSpan[]): Promise<ReadonlyMap<string, readonly IssueSum[]>>;
  /** Of these issues, by window, in order; as far back as windows are kept with their issues. */
  counts(
    asks: readonly (FilterSpan & { readonly issues: readonly string[] })[],
  ): Promise<ReadonlyMap<string, readonly IssueCount[]>>;
  /** What is known of these issues of a filter; of counts and judgements it has zero, false and null. */
  issues(filter: string, ids: readonly string[]): Promise<ReadonlyMap<string, IssueFacts>>;
  told(keys: readonly ToldKey[]): Promise<readonly Told[]>;
  /** Those that last, and those that ended or were told in a window that starts at `at` or later. */
  alerts(asks: readonly FilterAt[]): Promise<ReadonlyMap<string, readonly KeptAlert[]>>;
  write(decided: Decided): Promise<void>;
}

/** What was decided of one window by a look. */
export interface Conclusion {
  readonly filter: string;
  /** Of the decision, as `begin` gave it. */
  readonly number: number;
  /** The window, whose issues were learned before. */
  readonly facts: WindowFacts;
  readonly decided: Decided;
}

/** What rules need of the past, and what they came to. */
export interface AlertStore {
  /**
   * Keeps what windows say of issues: some hundred at a time, so that nobody waits for long. It is true whatever is
   * decided of the windows, and to learn it twice changes nothing. Absent: it costs so little that `keepFacts` does it.
   */
  learn?(facts: readonly WindowFacts[]): Promise<void>;
  /** `act` awaits nothing but this transaction. */
  transaction<T>(act: (trx: AlertTransaction) => Promise<T>): Promise<T>;
  /** A number for a decision of the filter that is made by a look, so that others can write meanwhile. */
  begin?(filter: string): Promise<number>;
  /**
   * Keeps all of a decision, or nothing (false) where somebody has begun or decided the filter since. In steps, so that
   * nobody waits for long: nobody is told of a part, and what a crash leaves is kept by whoever is next.
   */
  conclude?(conclusion: Conclusion): Promise<boolean>;
  /** Reads alone, for who only looks; `write`, `lock` and `keepFacts` reject. */
  look<T>(act: (trx: AlertTransaction) => Promise<T>): Promise<T>;
}
