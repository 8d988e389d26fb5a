import type { Item, JsonObject } from '../../../core/model/item.ts';
import { type KnownCount, knownCounts } from '../../../core/model/make-report.ts';
import type { Report } from '../../../core/model/report.ts';
import { value } from './text.ts';

/** Each is a time series for every project of a filter. */
export const GAUGES = ['sentry.events', 'sentry.issues', 'sentry.users'] as const;

/**
 * Gauges for the Metric API, per project that could be read. Gauges, because a repeated count would double, and
 * because it is not documented that a count of 0 is kept. No ids, titles, windows or labels: each value
 * of an attribute is a time series more. A gauge has no place for a gap: none where the number is not known.
 */
export function metricItems(report: Report): readonly Item[] {
  return knownCounts(report).flatMap((counts) => GAUGES.flatMap((name) => gauge(report, counts, name)));
}

function gauge(report: Report, counts: KnownCount, name: (typeof GAUGES)[number]): readonly Item[] {
  const { filter, org, window, id, revision } = report;
  const { project, events, issues, users } = counts;
  const count = { 'sentry.events': events, 'sentry.issues': issues, 'sentry.users': users }[name];
  if (count === null) return [];
  const team: JsonObject = filter.team === undefined ? {} : { team: value(filter.team) };
  return [
    {
      key: JSON.stringify([id, revision, name, project]),
      lane: 'metrics',
      body: {
        name,
        type: 'gauge',
        value: count,
        timestamp: window.start,
        'interval.ms': window.end - window.start,
        attributes: { project, filter: filter.name, ...team, org },
      },
    },
  ];
}
