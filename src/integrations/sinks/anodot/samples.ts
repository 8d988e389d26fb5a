import type { Item } from '../../../core/model/item.ts';
import { knownCounts } from '../../../core/model/make-report.ts';
import type { Report } from '../../../core/model/report.ts';

/** How Anodot adds up what one bucket gets: a counter is summed, a gauge averaged. */
export type TargetType = 'counter' | 'gauge';

/** NOTE: names and values together are a metric's identity: one more property starts all of them anew. */
interface Identity {
  readonly what: (typeof METRICS)[number];
  readonly project: string;
  readonly targetType: TargetType;
}

/** Of each project of a filter. */
export const METRICS = ['sentry_events', 'sentry_issues', 'sentry_users'] as const;

/** A sample has no place for a gap: none where the number is not known. */
export function encode(report: Report, eventsAs: TargetType): readonly Item[] {
  return knownCounts(report).flatMap(({ project, events, issues, users }) => [
    ...sampleOf(report, { what: 'sentry_events', project, targetType: eventsAs }, events),
    ...sampleOf(report, { what: 'sentry_issues', project, targetType: 'gauge' }, issues),
    ...sampleOf(report, { what: 'sentry_users', project, targetType: 'gauge' }, users),
  ]);
}

/**
 * What came to a counter late is one more sample for its bucket: of a number that was not known, the whole. NOTE: we
 * assume that a bucket of the past still adds up what it gets, hence only for who
 * asks for it. Gauges would be averaged, so users and issues stay as they are.
 */
export function encodeCorrection(told: Pick<Report, 'totals' | 'gaps'>, report: Report): readonly Item[] {
  const before = new Map(knownCounts(told).map(({ project, events }) => [project, events]));
  return knownCounts(report).flatMap(({ project, events }) => {
    const from = before.get(project) ?? null;
    if (events === null || (from !== null && from >= events)) return [];
    return sampleOf(report, { what: 'sentry_events', project, targetType: 'counter' }, events - (from ?? 0));
  });
}

/** Buckets are named by their start, in whole seconds. */
function sampleOf(report: Report, { what, project, targetType }: Identity, value: number | null): readonly Item[] {
  if (value === null) return [];
  const properties = {
    what,
    project: clean(project),
    filter: clean(report.filter.name),
    type: 'event_count',
    target_type: targetType,
  };
  return [
    {
      key: JSON.stringify([report.id, report.revision, what, project]),
      body: { properties, timestamp: report.window.start / 1000, value },
    },
  ];
}

/**
 * A text as a property may hold it. Points, equals signs and spaces are refused, other signs need escaping there; ASCII
 * is safe, 150 characters the most.
 */
export function clean(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 150);
}
