import type { Filter } from '../../../../core/model/filter.ts';

/**
 * A condition that alarms, for any vendor: what is watched, when it alarms, and the words for people. Terraform for New
 * Relic and rules for Prometheus are written from one list of them.
 */
export interface Condition {
  /** Unique among all: letters, digits, `_` and `-`. */
  readonly key: string;
  readonly signal: Signal;
  /** A few words, for lists. */
  readonly title: string;
  /** What is wrong when it alarms, in plain sentences. */
  readonly what: string;
  /** At most one of each severity. */
  readonly levels: readonly Level[];
  /** What it cannot see, whoever judges it. */
  readonly blind: readonly string[];
  /** Why nobody but the service can judge it; undefined where its signal says that already. */
  readonly onlyHere?: string | undefined;
  /** For the person who is called; lines. '' for none. */
  readonly advice: string;
  readonly runbook?: string | undefined;
}

/** What is watched: the service's own runs, or one filter. */
export type Signal =
  | { readonly of: 'runs'; readonly what: RunSignal }
  | { readonly of: 'filter'; readonly what: FilterSignal; readonly filter: Filter };

/**
 * `our own memory`: what no record tells; `users`: of a filter with one project; `new`, `regressed`, `any` and those
 * of an issue: rows of issues, each by itself.
 */
export type FilterSignal =
  | 'count'
  | 'users'
  | 'trending score'
  | 'new'
  | 'regressed'
  | 'any'
  | 'events of an issue'
  | 'users of an issue'
  | 'our own memory';

/**
 * - `good runs`:      runs that read and delivered something
 * - `failed filters`: those of a run that could not be read, or not be delivered to every sink
 * - `gaps`:           filters of a run that were counted with something missing
 * - `faulty files`:   filters files that are left out
 * - `windows behind`: settled windows, times filters, that are still missing
 * - `ledger down`:    servers whose shared ledger cannot be reached or written
 * - `lost records`:   those that a sink did not accept
 * - `oldest message`: seconds that the oldest of what people are to be told has waited
 * - `lost messages`:  those that a channel refused or did not take for a day, or of which nobody knows
 * - `clock skew`:     seconds between a server's clock and the source's, before or behind
 */
export type RunSignal =
  | 'good runs'
  | 'failed filters'
  | 'gaps'
  | 'faulty files'
  | 'windows behind'
  | 'ledger down'
  | 'lost records'
  | 'oldest message'
  | 'lost messages'
  | 'clock skew';

export interface Level {
  readonly severity: 'critical' | 'warning';
  readonly test: Test;
  /** Seconds for which the test must hold; 0: once is enough. */
  readonly lasts: number;
  /** The same in a few words, where the levels of a condition differ in it; '' otherwise. */
  readonly when: string;
}

/** `missing`: nothing came; `unusual`: more than its own past lets expect, in standard deviations. */
export type Test =
  | { readonly is: 'missing' }
  | { readonly is: 'above' | 'at least' | 'below'; readonly limit: number }
  | { readonly is: 'unusual'; readonly deviations: number };

/** Seconds of a window, and of the three that patience takes. */
export const WINDOW_S = 300;
export const PATIENCE_S = 3 * WINDOW_S;
