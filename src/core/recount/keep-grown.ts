import { canonicalItem } from '../model/canonical-json.ts';
import { faultOf } from '../model/errors.ts';
import type { Item } from '../model/item.ts';
import type { Gap } from '../model/gap.ts';
import { isComplete, makeReport } from '../model/make-report.ts';
import type { Reading } from '../model/reading.ts';
import type { Report, ReportView } from '../model/report.ts';
import { isDecided } from '../ports/alerting/decider.ts';
import type { Kept, Parcel } from '../ports/ledger.ts';
import type { KnownCounts } from '../ports/recounts.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import { sinksFor } from '../run/claim-reports.ts';
import type { Comparison } from './compare-counts.ts';
import { correctedSinks, type Held, type RecountWork } from './recount-work.ts';

/** A window that was counted again, beside what was known of it. */
export interface Grown extends Held {
  readonly known: KnownCounts;
  readonly reading: Reading;
  readonly comparison: Comparison;
}

/** Ids of the reports that were kept, for the sinks that were told an earlier count. */
export async function keepGrown(
  grown: readonly Grown[],
  revision: number,
  work: RecountWork,
): Promise<ReadonlySet<string>> {
  if (grown.length === 0) return new Set();
  const { ledger } = work;
  const readModel = await ledger.history.get(grown.map(({ due }) => due.reportId));
  const all = grown.flatMap((it): Kept[] => {
    const view = readModel.get(it.due.reportId);
    if (view === undefined) return [];
    const { key, token } = it.hold;
    const report = isDecided(it.filter) ? wholeReport(it, revision) : totalsReport(it, revision, view);
    return [{ report, parcels: [{ key, token, items: [] }, ...parcelsFor(report, it, work)] }];
  });
  const answers = await ledger.keep(all);
  return new Set(all.filter((_, index) => answers[index]![0] === true).map(({ report }) => report.id));
}

/** Only the totals were counted again: its issues are those of before. */
function totalsReport(
  {
    reading: { source, org, warnings, held, timings },
    comparison: { totals, gaps },
    filter,
    due: { reportId: id, window },
  }: Grown,
  revision: number,
  { listed, unattributed, url }: ReportView,
): Report {
  const complete = isComplete(gaps);
  const counted = { id, revision, filter, org, window, source, complete, gaps, warnings, totals, held };
  return { ...counted, ...(timings === undefined ? {} : { timings }), issues: listed, splits: [], unattributed, url };
}

/** All of it was read again. */
function wholeReport({ reading, comparison, filter, due: { window } }: Grown, revision: number): Report {
  const read = makeReport(filter, window, reading);
  const isOfTotals = ({ part }: Gap): boolean => part === 'totals';
  const gaps = [...comparison.gaps.filter(isOfTotals), ...read.gaps.filter((gap) => !isOfTotals(gap))];
  const issuesOf = new Map(read.totals.map(({ project, issues }) => [project, issues]));
  const totals = comparison.totals.map((total) => ({ ...total, issues: issuesOf.get(total.project) ?? total.issues }));
  return { ...read, revision, totals, gaps, complete: isComplete(gaps), splits: [] };
}

/** NOTE: the difference is to what this very sink was told last, which need not be the latest count. */
function parcelsFor(
  report: Report,
  { filter, known: { counts, told } }: Grown,
  { sinks, recounts, scope }: RecountWork,
): readonly Parcel[] {
  return sinksFor(filter, sinks, correctedSinks(recounts, sinks)).flatMap((name): Parcel[] => {
    const sink = sinks.find((it) => it.name === name)!;
    const last = told
      .filter((it) => it.sink === name)
      .toSorted((a, b) => a.revision - b.revision)
      .at(-1);
    const before =
      last?.isUnknown === true
        ? unknownTo(sink, report, scope)
        : counts.findLast(({ revision }) => last !== undefined && revision <= last.revision);
    const items = before === undefined ? [] : encode(sink, before, report, scope);
    return items.length === 0
      ? []
      : [{ key: { reportId: report.id, revision: report.revision, sink: name }, token: null, items }];
  });
}

/** Where a repeat does no harm all of it is told; a difference to nobody knows what is not. */
function unknownTo(
  { name, repeatSafe }: Sink,
  { id, revision }: Report,
  { log }: Scope,
): Pick<Report, 'totals' | 'gaps'> | undefined {
  if (repeatSafe) return { totals: [], gaps: [] };
  log.warn({ report: id, revision, sink: name }, 'not corrected: the window was read for this sink again, and later');
  return undefined;
}

function encode(sink: Sink, told: Pick<Report, 'totals' | 'gaps'>, report: Report, { log }: Scope): readonly Item[] {
  try {
    return (sink.encodeCorrection?.(told, report) ?? []).map(canonicalItem);
  } catch (error) {
    log.error({ report: report.id, sink: sink.name, error: faultOf(error).message }, 'cannot encode a correction');
    return [];
  }
}
