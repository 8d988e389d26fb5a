import type { Item } from '../../../core/model/item.ts';
import type { Report } from '../../../core/model/report.ts';

/** How Anodot adds up what one bucket gets: a counter is summed, a gauge averaged. */
export type TargetType = 'counter' | 'gauge';

/** NOTE: names and values together are a metric's identity: one more property starts all of them anew (IA §E.3). */
interface Identity {
  readonly what: (typeof METRICS)[number];
  readonly project: string;
  readonly targetType: TargetType;
}

/** Of each project of a filter. */
export const METRICS = ['sentry_events', 'sentry_issues', 'sentry_users'] as const;

export function encode(report: Report, eventsAs: TargetType): readonly Item[] {
  return report.totals.flatMap(({ project, events, issues, users }) => [
    sample(report, { what: 'sentry_events', project, targetType: eventsAs }, events),
    ...(issues === null ? [] : [sample(report, { what: 'sentry_issues', project, targetType: 'gauge' }, issues)]),
    sample(report, { what: 'sentry_users', project, targetType: 'gauge' }, users),
  ]);
}

/**
 * What came to a counter late is one more sample for its bucket. NOTE: we assume that a bucket of the past still adds
 * up what it gets (IA §E.6 leaves open for how long), hence only for who asks for it. Gauges would be averaged, so
 * users and issues stay as they are.
 */
export function encodeCorrection(told: Pick<Report, 'totals'>, report: Report): readonly Item[] {
  return report.totals.flatMap(({ project, events }) => {
    const before = told.totals.find((total) => total.project === project)?.events;
    return before !== undefined && before >= events
      ? []
      : [sample(report, { what: 'sentry_events', project, targetType: 'counter' }, events - (before ?? 0))];
  });
}

/** Buckets are named by their start, in whole seconds (IA §E.6). */
function sample(report: Report, { what, project, targetType }: Identity, value: number): Item {
  const properties = {
    what,
    project: clean(project),
    filter: clean(report.filter.name),
    type: 'event_count',
    target_type: targetType,
  };
  return {
    key: JSON.stringify([report.id, report.revision, what, project]),
    body: { properties, timestamp: report.window.start / 1000, value },
  };
}

/**
 * A text as a property may hold it. Points, equals signs and spaces are refused, other signs need escaping there; ASCII
 * is safe, 150 characters the most (IA §E.3).
 */
export function clean(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 150);
}
