import type { Filter } from '../../core/model/filter.ts';
import type { Item } from '../../core/model/item.ts';
import type { Report } from '../../core/model/report.ts';
import { eventItems } from '../../integrations/sinks/newrelic/events.ts';
import { metricItems } from '../../integrations/sinks/newrelic/metrics.ts';
import { ASSUMED, planRecords, type RecordsInput } from '../plan/estimate/index.ts';

/** What stands at the top of all that is generated: how much there is, and what the plan says that it costs in New Relic. `others`: not sent to this sink. */
export function notesOn(
  filters: readonly Filter[],
  sink: string | undefined,
  others: readonly Filter[],
): readonly string[] {
  const teams = new Set(filters.flatMap(({ team }) => team ?? [])).size;
  const projects = new Set(filters.flatMap((filter) => filter.projects)).size;
  return [
    `${filters.length} filters, ${teams} teams, ${projects} projects.`,
    ...(sink === 'newrelic' ? [newRelicFigures(filters)] : []),
    ...(others.length === 0
      ? []
      : [`Left out, because they are not sent to ${sink ?? 'it'}: ${others.map(({ name }) => name).join(', ')}.`]),
  ];
}

/** The same on every machine: settings and Sentry are not asked. */
const EVERYWHERE: Omit<RecordsInput, 'filters'> = {
  cost: { org: 'organization', maxRows: 1000 },
  assumptions: ASSUMED,
  sinks: [
    { name: 'newrelic', encode: (report: Report): readonly Item[] => [...eventItems(report), ...metricItems(report)] },
  ],
};

function newRelicFigures(filters: readonly Filter[]): string {
  const { newRelic } = planRecords({ ...EVERYWHERE, filters });
  const { seriesPerDay, seriesPerMetric, recordsPerDay, gbPerDay } = newRelic!;
  const gb = Number(gbPerDay.toPrecision(2));
  return `Planned: ${count(seriesPerDay)} time series (${count(seriesPerMetric)} of each gauge), ${count(recordsPerDay)} records and ${gb} GB a day, at ${ASSUMED.issues} issues a filter and window; sentry-monitor plan says more.`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
