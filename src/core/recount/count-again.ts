import { openLeases } from '../delivery/leases.ts';
import type { Change } from '../model/aftermath.ts';
import { canonicalItem } from '../model/canonical-json.ts';
import { faultOf } from '../model/errors.ts';
import type { Filter } from '../model/filter.ts';
import type { Item } from '../model/item.ts';
import { isComplete } from '../model/make-report.ts';
import type { Ask, Reading } from '../model/reading.ts';
import type { ClaimKey } from '../model/receipt.ts';
import type { Report } from '../model/report.ts';
import type { Claimed, Hold } from '../ports/claims.ts';
import type { Clock } from '../ports/clock.ts';
import type { Kept, Parcel } from '../ports/ledger.ts';
import {
  type Count,
  COUNTER,
  type DueCount,
  type KnownCounts,
  type Recounted,
  type Recounts,
} from '../ports/recounts.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import { sinksFor } from '../run/claim-reports.ts';
import type { Work } from '../run/ports.ts';
import { readAnswers } from '../run/read-answers.ts';
import type { ReadDeadline } from '../run/read-deadline.ts';
import { compare, type Comparison, eventsIn } from './compare-counts.ts';

/** What a recount works with. */
export interface RecountWork extends Pick<
  Work,
  'order' | 'source' | 'sinks' | 'ledger' | 'scope' | 'courier' | 'ears'
> {
  readonly recounts: Recounts;
  /** Ends before the run's: what was counted must still be sent. */
  readonly reading: ReadDeadline;
}

/** A window whose count is not what it was. */
export interface Changed {
  readonly due: DueCount;
  readonly revision: number;
  /** Of all projects together. */
  readonly from: number;
  readonly to: number;
  readonly projects: readonly Change[];
  readonly isGrown: boolean;
}

export interface PartCount {
  readonly changed: readonly Changed[];
  /** Windows that were read. */
  readonly read: number;
  /** Filters that could not be read, one for each window. */
  readonly failed: readonly string[];
  /** Filters that count something else now. */
  readonly redefined: readonly string[];
}

interface Held {
  readonly due: DueCount;
  readonly hold: Hold;
  readonly filter: Filter;
}

/**
 * Counts windows again and keeps what grew, with its items, before anything is sent. What others count is left to them.
 */
export async function countAgain(
  dues: readonly DueCount[],
  revision: number,
  work: RecountWork,
  deps: Clock,
): Promise<PartCount> {
  const {
    order: { filters },
    ledger,
    scope,
  } = work;
  const leases = openLeases(ledger, scope, deps);
  const keys = dues.map(({ reportId }): ClaimKey => ({ reportId, revision: 0, sink: COUNTER }));
  try {
    const claimed = await leases.claim(keys);
    return await countHeld(heldOf(dues, keys, claimed, filters), revision, work);
  } finally {
    await leases.close();
  }
}

function heldOf(
  dues: readonly DueCount[],
  keys: readonly ClaimKey[],
  claimed: readonly Claimed[],
  filters: readonly Filter[],
): readonly Held[] {
  return dues.flatMap((due, index): Held[] => {
    const [answer, filter] = [claimed[index]!, filters.find(({ name }) => name === due.filter)];
    return answer.status === 'ours' && filter !== undefined
      ? [{ due, filter, hold: { key: keys[index]!, token: answer.token } }]
      : [];
  });
}

/** NOTE: what is known is looked up under the claim: until then another server may have counted. */
async function countHeld(held: readonly Held[], revision: number, work: RecountWork): Promise<PartCount> {
  const { recounts } = work;
  const known = await recounts.look(held.map(({ due: { reportId }, filter }) => ({ reportId, filter })));
  const [noted, open, redefined]: [Recounted[], (Held & { known: KnownCounts })[], string[]] = [[], [], []];
  for (const it of held) {
    const found = known.get(it.due.reportId);
    if (found === undefined) continue;
    if (latest(found).revision >= revision)
      noted.push({ ...it.due, revision, events: eventsOf(found.counts[0]!, latest(found)) });
    else if (found.isSameFilter) open.push({ ...it, known: found });
    else {
      noted.push({ ...it.due, revision, events: null });
      redefined.push(it.filter.name);
    }
  }
  const readings = await readAll(open, work);
  const counted = open.flatMap((it) => {
    const reading = readings.get(it.due.reportId);
    return reading === undefined ? [] : [{ ...it, reading, comparison: compare(latest(it.known), reading) }];
  });
  const kept = await keepGrown(
    counted.filter(({ comparison }) => comparison.grown.length > 0),
    revision,
    work,
  );
  const through = counted.filter(({ due, comparison }) => comparison.grown.length === 0 || kept.has(due.reportId));
  await recounts.note([
    ...noted,
    ...through.map(({ due, known: { counts }, reading, comparison }): Recounted => ({
      ...due,
      revision,
      events: compare(counts[0]!, reading).isWhole
        ? { first: eventsIn(counts[0]!.totals), now: eventsIn(comparison.totals) }
        : null,
    })),
  ]);
  return {
    changed: through.flatMap((it) => changedOf(it, revision)),
    read: counted.length,
    failed: open.filter(({ due }) => !readings.has(due.reportId)).map(({ filter }) => filter.name),
    redefined,
  };
}

function latest({ counts }: KnownCounts): Count {
  return counts.at(-1)!;
}

function eventsOf(first: Count, now: Count): Recounted['events'] {
  const isWhole = [first, now].every(({ gaps }) => !gaps.some(({ part }) => part === 'totals'));
  return isWhole ? { first: eventsIn(first.totals), now: eventsIn(now.totals) } : null;
}

async function readAll(
  held: readonly Held[],
  { order: { window }, source, reading, ears }: RecountWork,
): Promise<ReadonlyMap<string, Reading>> {
  const asks = new Map(
    held.map(({ due, filter }): [Ask, Held['due']] => [{ filter, window: due.window, want: 'totals' }, due]),
  );
  const readings = new Map<string, Reading>();
  const faults: string[] = [];
  if (asks.size === 0) return readings;
  try {
    for await (const answer of readAnswers(source, [...asks.keys()], reading, ears)) {
      if ('fault' in answer) faults.push(answer.fault.message);
      else readings.set(asks.get(answer.ask)!.reportId, answer.reading);
    }
  } catch (error) {
    faults.push(faultOf(error).message);
  }
  if (faults.length > 0)
    reading.log.warn({ windows: faults.length, window: window.start, error: faults[0] }, 'not counted again');
  return readings;
}

interface Grown extends Held {
  readonly known: KnownCounts;
  readonly reading: Reading;
  readonly comparison: Comparison;
}

/** Ids of the reports that were kept, for the sinks that were told an earlier count. */
async function keepGrown(grown: readonly Grown[], revision: number, work: RecountWork): Promise<ReadonlySet<string>> {
  if (grown.length === 0) return new Set();
  const { ledger } = work;
  const readModel = await ledger.history.get(grown.map(({ due }) => due.reportId));
  const all = grown.flatMap((it): Kept[] => {
    const view = readModel.get(it.due.reportId);
    if (view === undefined) return [];
    const {
      reading: { source, org, warnings },
      comparison: { totals, gaps },
      filter,
      due: { reportId: id, window },
      hold: { key, token },
    } = it;
    const { listed, unattributed, url } = view;
    const report: Report = {
      id,
      revision,
      filter,
      org,
      window,
      source,
      complete: isComplete(gaps),
      gaps,
      warnings,
      totals,
      issues: listed,
      splits: [],
      unattributed,
      url,
    };
    return [{ report, parcels: [{ key, token, items: [] }, ...parcelsFor(report, it, work)] }];
  });
  const answers = await ledger.keep(all);
  return new Set(all.filter((_, index) => answers[index]![0] === true).map(({ report }) => report.id));
}

/** NOTE: the difference is to what this very sink was told last, which need not be the latest count. */
function parcelsFor(
  report: Report,
  { filter, known: { counts, told } }: Grown,
  { sinks, recounts, scope }: RecountWork,
): readonly Parcel[] {
  return sinksFor(filter, sinks, recounts.sinks).flatMap((name): Parcel[] => {
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
): Pick<Report, 'totals'> | undefined {
  if (repeatSafe) return { totals: [] };
  log.warn({ report: id, revision, sink: name }, 'not corrected: the window was read for this sink again, and later');
  return undefined;
}

function encode(sink: Sink, told: Pick<Report, 'totals'>, report: Report, { log }: Scope): readonly Item[] {
  try {
    return (sink.encodeCorrection?.(told, report) ?? []).map(canonicalItem);
  } catch (error) {
    log.error({ report: report.id, sink: sink.name, error: faultOf(error).message }, 'cannot encode a correction');
    return [];
  }
}

function changedOf({ due, comparison: { grown, shrunk, totals }, known }: Grown, revision: number): readonly Changed[] {
  if (grown.length + shrunk.length === 0) return [];
  const to =
    grown.length > 0
      ? eventsIn(totals)
      : eventsIn(totals) + shrunk.reduce((sum, { from, to: now }) => sum + now - (from ?? 0), 0);
  return [
    {
      due,
      revision,
      from: eventsIn(latest(known).totals),
      to,
      projects: [...grown, ...shrunk],
      isGrown: grown.length > 0,
    },
  ];
}
