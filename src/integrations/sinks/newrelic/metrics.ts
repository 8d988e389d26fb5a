import type { Item } from '../../../core/model/item.ts';
import type { Report } from '../../../core/model/report.ts';
import { value } from './text.ts';

/**
 * Gauges for the Metric API, per project that could be read. Gauges, because a repeated count would double, and
 * because it is not documented that a count of 0 is kept (IA §B.10). No ids, titles, windows or labels: each value
 * of an attribute is a time series more (IA §B.3).
 */
export function metricItems(report: Report): readonly Item[] {
  const { filter, org, window, id, revision } = report;
  return report.totals.flatMap(({ project, events, issues, users }) => {
    const attributes = {
      project,
      filter: filter.name,
      ...(filter.team === undefined ? {} : { team: value(filter.team) }),
      org,
    };
    return Object.entries({ 'sentry.events': events, 'sentry.issues': issues, 'sentry.users': users }).flatMap(
      ([name, count]): Item[] =>
        count === null
          ? []
          : [
              {
                key: JSON.stringify([id, revision, name, project]),
                lane: 'metrics',
                body: {
                  name,
                  type: 'gauge',
                  value: count,
                  timestamp: window.start,
                  'interval.ms': window.end - window.start,
                  attributes,
                },
              },
            ],
    );
  });
}
