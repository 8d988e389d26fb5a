import type { Rule, Severity, SubjectKind } from './rule.ts';

/** What an alert speaks of. */
export interface Subject {
  readonly kind: SubjectKind;
  /** Of an issue the source's own; of a filter its name. */
  readonly id: string;
  readonly title: string;
  readonly project?: string | undefined;
  readonly url?: string | undefined;
}

/**
 * What a rule says of a subject. Instants are ISO; its JSON is a contract (the webhook's body, the answer of the post).
 * Firing and resolved of one episode share their `id`.
 */
export interface Alert {
  /** `crm-checkout/trending/6507376925@2026-11-20T10:00:00.000Z`, fixed when it is first kept. */
  readonly id: string;
  readonly state: 'firing' | 'resolved' | 'told';
  readonly severity: Severity;
  readonly filter: string;
  readonly team: string | null;
  /** The sentence as it is written, without options. */
  readonly rule: string;
  readonly subject: Subject;
  /** Start of the first window. */
  readonly since: string;
  /** The one that this was decided by. */
  readonly window: { readonly start: string; readonly end: string };
  readonly value: number | null;
  readonly limit: number | null;
  readonly expected: number | null;
  /** The value is a lower bound. */
  readonly atLeast: boolean;
  /** Decided later than in its own run, or told after it was over. */
  readonly late: boolean;
  /** One plain sentence with the numbers. */
  readonly why: string;
  /** Null: it is told once. */
  readonly endsWhen: string | null;
  readonly runbook: string | null;
  readonly page: string | null;
}

/** Id of the alert about the subject whose episode begins then. `since`: ISO. */
export function alertId({ filter, name }: Pick<Rule, 'filter' | 'name'>, subject: string, since: string): string {
  return `${filter}/${name}/${subject}@${since}`;
}

/** Filter, rule and subject, as an alert's id has them: without the episode. */
export function subjectIn(id: string): string {
  return id.slice(0, id.lastIndexOf('@'));
}

/** Since when the episode of that id lasted as it was told first, epoch ms; a filled window may move its begin. */
export function toldSince(id: string): number {
  return Date.parse(id.slice(id.lastIndexOf('@') + 1));
}

/**
 * - firing, resolved, told: as the alert's state
 * - repeat: it still lasts
 * - restored: it lasts, and since the ledger was restored nobody knows whether it was told
 * - changed: what was told turned out otherwise when the window was counted again
 * - unsteady, steady: it changes too often to be told each time, and no longer
 */
export const NEWS = ['firing', 'resolved', 'told', 'repeat', 'restored', 'changed', 'unsteady', 'steady'] as const;
export type News = (typeof NEWS)[number];

/** News after which nobody has to do anything. */
export const ENDS: readonly News[] = ['resolved', 'steady'];

/** One piece of news for one channel: what the outbox holds. */
export interface Telling {
  /** As `tellingKey` makes it. */
  readonly key: string;
  readonly channel: string;
  readonly news: News;
  readonly alert: Alert;
  /** The rule's identity within the filter. */
  readonly rule: string;
  /** Start of the window that it was decided by, epoch ms. */
  readonly window: number;
  /** When it was decided, epoch ms. */
  readonly decidedAt: number;
  /** Part of one summary, because there is too much of it for single messages; null: none. */
  readonly summary: string | null;
}

/**
 * The same on every server, so that the telling is kept once. `sequence`: tells apart what is told more than once of
 * the same alert.
 */
export function tellingKey(id: string, news: News, sequence: number, channel: string): string {
  return `${id}|${news}|${sequence}|${channel}`;
}

/** What became of a telling, or of the message that it is in. */
export const FATES = [
  'pending',
  'sent',
  'uncertain',
  'refused',
  'given up',
  'muted',
  'quiet',
  'grouped',
  'dropped',
  'held',
] as const;
export type Fate = (typeof FATES)[number];
