import { type Mute, SEVERITIES, type Severity } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Window } from '../../../../core/model/window.ts';
import { hasRules } from '../../../../core/ports/alerting/decider.ts';
import type { Origin, PageData } from '../model.ts';
import type { PageActs } from '../../act/acts.ts';
import { type AlertSources, readAlerts } from './read-alerts.ts';

/** What pages know of alerts and of who is told. */
export interface PageAlerting extends AlertSources {
  /** Those of filters files. */
  fileMutes(): readonly Mute[];
  /** By id of the issues that lists leave out, because somebody hid them, what does it. */
  hidden(): Promise<ReadonlyMap<string, Mute>>;
  /** The channel that is there without a file, and takes everything. */
  readonly log: string;
  /** Names of watches with rules; absent: there are none. */
  watches?(): readonly string[];
  /** Somebody may be told something at all. */
  isWanted(): boolean;
  /** What people may do from the pages; absent: look. */
  readonly acts?: PageActs | undefined;
}

/** NOTE: what rules came to is where the ledger is. While it cannot be read, nobody knows, and nothing waits for it. */
export async function alertsOf(
  filters: readonly Filter[],
  { current, origin, configured }: Around,
  alerting: PageAlerting | undefined,
  now: number,
): Promise<PageData['alerts']> {
  if (alerting === undefined) return null;
  const watches = (filters === configured ? alerting.watches?.() : undefined) ?? [];
  if (watches.length === 0 && !filters.some(hasRules)) return null;
  if (origin.troubles.some(({ of }) => of === 'ledger')) return 'unread';
  return readAlerts({ filters, watches }, current, alerting, now);
}

interface Around {
  readonly current: Window | null;
  readonly origin: Origin;
  /** All that are in force: a page of these very ones is of watches too. */
  readonly configured: readonly Filter[];
}

/** The worst of a filter's alerts that last. */
export function firingOf(filter: string, alerts: PageData['alerts']): Severity | null {
  if (alerts === null || alerts === 'unread') return null;
  const counts = alerts.byFilter[filter];
  return SEVERITIES.find((severity) => (counts?.[severity] ?? 0) > 0) ?? null;
}

/** What there is for people beside the numbers. */
export function forPeople(alerting: PageAlerting | undefined): Pick<PageData, 'hasMessages' | 'hasActions'> {
  return { hasMessages: alerting?.isWanted() ?? false, hasActions: alerting?.acts !== undefined };
}
