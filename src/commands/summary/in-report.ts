import { sinksFor } from '../../core/run/claim-reports.ts';
import type { Report } from '../../core/model/report.ts';
import type { Sink } from '../../core/ports/sink.ts';
import type { Found } from './found.ts';

/** What a report says, and how many records each of these sinks would get of it. */
export function foundInReport(report: Report, sinks: readonly Sink[]): Found {
  const { filter, totals, issues, gaps } = report;
  const names = sinksFor(filter, sinks);
  const counted = gaps.filter(({ part }) => part !== 'details' && part !== 'baselines');
  return {
    filter: filter.name,
    totals,
    issues: issues.map(({ issueId: id, project, events, state, details, url, trending, score }) => ({
      ...{ id, project, events, state, trending, score },
      title: details?.title ?? null,
      url: details?.url ?? url,
    })),
    sinks: Object.fromEntries(
      sinks
        .filter(({ name }) => names.includes(name))
        .map((sink) => [sink.name, { status: 'skipped', accepted: 0, shown: sink.encode(report).length }]),
    ),
    gaps: counted.map(({ detail, reason }) => detail ?? reason),
  };
}

/** A filter that the source gave no answer for. */
export function notFound(filter: string, fault: string): Found {
  return { filter, totals: [], issues: [], sinks: {}, gaps: [], fault };
}
