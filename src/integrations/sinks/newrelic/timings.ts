import type { Timing } from '../../../core/model/events/timing.ts';
import type { Item, JsonObject } from '../../../core/model/item.ts';
import { knownCounts } from '../../../core/model/make-report.ts';
import type { Report } from '../../../core/model/report.ts';
import { value } from './text.ts';

/** Each is a time series for every name. */
const GAUGES = ['count', 'p50', 'p95', 'max'] as const;

/**
 * How long things took by logs, per project that was read to the window's end: gauges, and a summary whose sums can be
 * added up. `isMeant`: whose are wanted.
 */
export function timingItems(report: Report, isMeant: (project: string) => boolean = () => true): readonly Item[] {
  const { timings = [] } = report;
  if (timings.length === 0) return [];
  const known = new Set(knownCounts(report).flatMap(({ project, events }) => (events === null ? [] : [project])));
  return timings
    .filter(({ project }) => known.has(project) && isMeant(project))
    .flatMap((timing) => [
      ...GAUGES.map((name) => item(report, timing, `sentry.timing.${name}`, { type: 'gauge', value: timing[name] })),
      item(report, timing, 'sentry.timing', { type: 'summary', value: summaryOf(timing) }),
    ]);
}

function summaryOf({ count, sum, min, max }: Timing): JsonObject {
  return { count, sum, min, max };
}

function item(report: Report, { project, name: timed }: Timing, name: string, own: JsonObject): Item {
  const { filter, org, window, id, revision } = report;
  const team: JsonObject = filter.team === undefined ? {} : { team: value(filter.team) };
  return {
    key: JSON.stringify([id, revision, name, project, timed]),
    lane: 'metrics',
    body: {
      name,
      ...own,
      timestamp: window.start,
      'interval.ms': window.end - window.start,
      attributes: { project, filter: filter.name, ...team, ...(org === '' ? {} : { org }), name: value(timed) },
    },
  };
}

/**
 * Of projects that were not read to the window's end when the sink was told last: then it was told no durations. NOTE:
 * never again where it was: of two points of one time nobody says which counts, and summaries would add up.
 */
export function lateTimings(told: Pick<Report, 'totals' | 'gaps'>, report: Report): readonly Item[] {
  const known = new Set(knownCounts(told).flatMap(({ project, events }) => (events === null ? [] : [project])));
  return timingItems(report, (project) => !known.has(project));
}
