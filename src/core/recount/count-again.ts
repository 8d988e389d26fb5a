import { openLeases } from '../delivery/leases.ts';
import type { Change } from '../model/aftermath.ts';
import { faultOf } from '../model/errors.ts';
import type { Filter } from '../model/filter.ts';
import type { Ask, Reading } from '../model/reading.ts';
import type { ClaimKey } from '../model/receipt.ts';
import { isDecided } from '../ports/alerting/decider.ts';
import type { Claimed } from '../ports/claims.ts';
import type { Clock } from '../ports/clock.ts';
import { type Count, COUNTER, type DueCount, type KnownCounts, type Recounted } from '../ports/recounts.ts';
import { readAnswers } from '../run/read-answers.ts';
import { compare, eventsIn } from './compare-counts.ts';
import { type Grown, keepGrown } from './keep-grown.ts';
import type { Held, RecountWork } from './recount-work.ts';

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
  /** Reports that are to be told. */
  readonly kept: number;
  /** Windows that were read. */
  readonly read: number;
  /** Filters that could not be read, one for each window. */
  readonly failed: readonly string[];
  /** Filters that count something else now. */
  readonly redefined: readonly string[];
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
  const { recounts, ledger } = work;
  const known = await recounts.look(held.map(({ due: { reportId }, filter }) => ({ reportId, filter })));
  const { noted, open, redefined } = sortOut(held, known, revision);
  const counted = await grownInFull(await countAll(open, 'totals', work), work);
  const kept = await keepGrown(counted.filter(isNews), revision, work);
  const through = counted.filter((it) => !isNews(it) || kept.has(it.due.reportId));
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
  await ledger.events?.noteHeld(
    through.flatMap(({ due: { reportId }, reading: { held } }) => (held === undefined ? [] : [{ reportId, held }])),
  );
  return {
    changed: through.flatMap((it) => changedOf(it, revision)),
    kept: kept.size,
    read: counted.length,
    failed: withoutCount(open, counted).map(({ filter }) => filter.name),
    redefined,
  };
}

interface Sorted {
  /** Counted at this revision by another server, or not to be counted again. */
  readonly noted: readonly Recounted[];
  readonly open: readonly (Held & { readonly known: KnownCounts })[];
  /** Names of filters that count something else now. */
  readonly redefined: readonly string[];
}

function sortOut(held: readonly Held[], known: ReadonlyMap<string, KnownCounts>, revision: number): Sorted {
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
  return { noted, open, redefined };
}

function latest({ counts }: KnownCounts): Count {
  return counts.at(-1)!;
}

function eventsOf(first: Count, now: Count): Recounted['events'] {
  const isWhole = [first, now].every(({ gaps }) => !gaps.some(({ part }) => part === 'totals'));
  return isWhole ? { first: eventsIn(first.totals), now: eventsIn(now.totals) } : null;
}

type Known = Held & Pick<Grown, 'known'>;

/** Those that could be read. */
async function countAll(some: readonly Known[], want: Ask['want'], work: RecountWork): Promise<readonly Grown[]> {
  const readings = await readAll(some, want, work);
  return some.flatMap((it) => {
    const reading = readings.get(it.due.reportId);
    return reading === undefined ? [] : [{ ...it, reading, comparison: compare(latest(it.known), reading) }];
  });
}

/** NOTE: rules look at issues. What grew is read again for them, whole, and what sinks are told is of that reading. */
async function grownInFull(counted: readonly Grown[], work: RecountWork): Promise<readonly Grown[]> {
  const isForRules = (it: Grown): boolean => isNews(it) && isDecided(it.filter);
  const some = counted.filter(isForRules);
  return [...counted.filter((it) => !some.includes(it)), ...(await countAll(some, 'full', work))];
}

/** It grew; or there are durations of it, which nobody was told while its intake was not read to its end. */
function isNews({ comparison: { grown, gaps }, known, reading: { timings = [] } }: Grown): boolean {
  const isWhole = (some: Count['gaps']): boolean => !some.some(({ part }) => part === 'totals');
  return grown.length > 0 || (timings.length > 0 && isWhole(gaps) && !isWhole(latest(known).gaps));
}

function withoutCount(all: readonly Known[], counted: readonly Grown[]): readonly Known[] {
  const ids = new Set(counted.map(({ due }) => due.reportId));
  return all.filter(({ due }) => !ids.has(due.reportId));
}

async function readAll(
  held: readonly Held[],
  want: Ask['want'],
  { order: { window }, source, reading, progress }: RecountWork,
): Promise<ReadonlyMap<string, Reading>> {
  const asks = new Map(held.map(({ due, filter }): [Ask, Held['due']] => [{ filter, window: due.window, want }, due]));
  const readings = new Map<string, Reading>();
  const faults: string[] = [];
  if (asks.size === 0) return readings;
  try {
    for await (const answer of readAnswers(source, [...asks.keys()], reading, progress)) {
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
