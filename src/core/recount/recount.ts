import { isSinkDown } from '../delivery/receipt.ts';
import type { Correction, LateShare, Recounting } from '../model/aftermath.ts';
import { faultOf } from '../model/errors.ts';
import { asksState, type Filter } from '../model/filter.ts';
import type { ReportResult } from '../model/results.ts';
import { chunks } from '../model/chunks.ts';
import { PERIOD_MS, HOUR_MS, DAY_MS, reportId } from '../model/window.ts';
import type { Clock } from '../ports/clock.ts';
import { EVENTS } from '../ports/events/intake.ts';
import type { DueCount, Recounts } from '../ports/recounts.ts';
import type { Scope } from '../ports/scope.ts';
import type { BacklogGate } from '../run/backlog-gate.ts';
import type { Work } from '../run/ports.ts';
import { openReadDeadline } from '../run/read-deadline.ts';
import { downSources, sourceNameOf } from '../run/sources/down-sources.ts';
import { type Book, correctionsOf, nameOf } from './corrections.ts';
import { countAgain } from './count-again.ts';
import { correctedSinks, type RecountWork } from './recount-work.ts';
import { sendCorrections, type SendDeps } from './send-corrections.ts';

export type RecountDeps = Clock & {
  readonly gate: BacklogGate;
  /** So long after its end a window is first read, ms. */
  readonly settleMs: number;
};

/** The last stage may be so late, ms; the others until the next one is due. */
const LAST_MS = HOUR_MS;
/** Windows that are claimed and read together. */
const PART = 50;
/** Events that are stored so long after they happened are counted, and nobody is told of them, ms. */
const LATE_MS = DAY_MS;
/** Windows of a stage that one run looks at. */
const MOST = 2_000;

/**
 * Counts closed windows again, and tells the sinks what grew. For the run's own filters, as far as its time lasts; what
 * is left is the next run's. Filters that ask for a state are not counted again: the state would be another one.
 * `reports`: what became of the run's window. Null: there is nothing of the kind.
 */
export async function recount(
  work: Work,
  reports: readonly ReportResult[],
  deps: RecountDeps,
): Promise<Recounting | null> {
  const {
    ledger,
    ledger: { recounts },
    scope,
    sinks,
    order: { filters, window },
  } = work;
  const hasEvents = ledger.events !== undefined && filters.some(({ source }) => source === EVENTS);
  if (recounts === undefined || (recounts.stages.length === 0 && !hasEvents)) return null;
  const reading = openReadDeadline(scope, deps);
  const book: Book = { changed: new Map(), sent: new Map() };
  const attempt = <T>(what: () => Promise<T>, otherwise: T): Promise<T> =>
    what().catch((error: unknown) => {
      scope.log.error({ error: faultOf(error).message }, 'recount broke');
      return otherwise;
    });
  const served = new Set(correctedSinks(recounts, sinks).filter((name) => !isSinkDown(name, reports)));
  const sending = startSending({ ...work, recounts, reading }, book, { ...deps, served });
  sending.next();
  const down = downSources(reports);
  const lasting = filters.filter((filter) => !asksState(filter) && !down.has(sourceNameOf(filter)));
  const names = lasting.map(({ name }) => name);
  if (names.length > 0)
    await attempt(() => goThrough(names, { ...work, recounts, reading }, book, { ...deps, sending }), undefined);
  reading.close();
  await attempt(() => sending.end(), undefined);
  const corrections = await attempt(() => correctionsOf(book, recounts, work.order.filters), []);
  for (const correction of corrections) note(correction, scope);
  const late = await attempt(() => sharesOf(recounts, filters, window.end - DAY_MS), []);
  const some = late
    .filter((it) => it.late > 0)
    .map((it) => ({ filter: it.filter, after: it.stage, windows: it.windows, share: shareOf(it) }));
  if (some.length > 0) scope.log.info({ late: some }, 'late events');
  return { corrections, late };
}

async function sharesOf(recounts: Recounts, filters: readonly Filter[], from: number): Promise<Recounting['late']> {
  const shares = await recounts.shares(
    filters.map(({ name }) => name),
    from,
  );
  return shares.flatMap((share) => {
    const stage = recounts.stages[share.revision - 1];
    return stage === undefined ? [] : [{ ...share, stage: stage.name }];
  });
}

/** Sends beside the counting: a sink that hangs does not keep the others from their corrections. */
interface Sending {
  /** What is kept by now. */
  next(): void;
  /**
   * Until nothing is under way, and what waited for an earlier correction was sent too. Rejects when the ledger failed.
   */
  end(): Promise<unknown>;
}

function startSending(work: RecountWork, { sent }: Book, deps: SendDeps): Sending {
  const {
    order: { window },
    recounts,
  } = work;
  const [tried, under]: [Set<string>, Promise<void>[]] = [new Set(), []];
  const send = async (): Promise<void> => {
    for (const it of await sendCorrections(window.end - PERIOD_MS - reach(recounts), tried, work, deps)) {
      const name = nameOf(it.key.reportId, it.key.revision);
      sent.set(name, [...(sent.get(name) ?? []), it]);
    }
  };
  return {
    next: () => {
      const one = send();
      one.catch(() => undefined);
      under.push(one);
    },
    end: async () => {
      await Promise.all(under);
      if (sent.size > 0) await send();
    },
  };
}

/** Windows that got events after they were counted, as far back as rules are told of anything. */
async function lateOf(
  { ledger, order: { filters, window }, recounts }: RecountWork,
  names: readonly string[],
): Promise<ReadonlyMap<number, readonly DueCount[]>> {
  const own = filters.filter(({ name, source }) => source === EVENTS && names.includes(name));
  const wishes = own.map(({ name: filter, projects }) => ({ filter, projects }));
  const late = wishes.length === 0 ? [] : ((await ledger.events?.late(wishes, window.end - LATE_MS)) ?? []);
  const dues = late.map(({ filter, at }): DueCount => {
    const again = { start: at, end: at + PERIOD_MS };
    return { reportId: reportId(filter, again), filter, window: again };
  });
  const known = await recounts.look(
    dues.map((due) => ({ reportId: due.reportId, filter: own.find(({ name }) => name === due.filter)! })),
  );
  return Map.groupBy(dues, (due) => (known.get(due.reportId)?.counts.at(-1)?.revision ?? 0) + 1);
}

/** Late events first, then the last stage: what it does not reach no later one will. */
async function goThrough(
  filters: readonly string[],
  work: RecountWork,
  { changed }: Book,
  { sending, ...deps }: RecountDeps & { readonly sending: Sending },
): Promise<void> {
  const { recounts, reading } = work;
  const counts = { windows: 0, grown: 0, failed: 0, left: 0 };
  const unread = new Set<string>();
  const through = async (revision: number, dues: readonly DueCount[]): Promise<void> => {
    for (const all of chunks(dues, PART)) {
      await deps.gate.clear(reading.signal);
      const isOver = reading.signal.aborted || deps.now() > reading.beginBy || deps.gate.isResting();
      const part = isOver ? [] : all.filter(({ filter }) => !unread.has(filter));
      counts.left += all.length - part.length;
      if (part.length === 0) continue;
      const found = await countAgain(part, revision, work, deps);
      for (const it of found.changed) changed.set(nameOf(it.due.reportId, it.revision), it);
      for (const filter of found.failed) unread.add(filter);
      counts.windows += found.read;
      counts.failed += found.failed.length;
      counts.grown += found.changed.filter(({ isGrown }) => isGrown).length;
      if (found.redefined.length > 0)
        reading.log.info(
          { filters: [...new Set(found.redefined)] },
          'not counted again: these filters count something else now',
        );
      if (found.kept > 0) sending.next();
    }
  };
  for (const [revision, dues] of await lateOf(work, filters)) await through(revision, dues);
  for (let revision = recounts.stages.length; revision > 0; revision--)
    await through(revision, await dueAt(revision, filters, work, deps));
  if (counts.windows + counts.failed + counts.left > 0) reading.log.info(counts, 'counted again');
}

/** Windows that are to be counted at a stage. */
function dueAt(
  revision: number,
  filters: readonly string[],
  { recounts, order: { window } }: RecountWork,
  { settleMs }: Pick<RecountDeps, 'settleMs'>,
): Promise<readonly DueCount[]> {
  const isFreshAfterMs = recounts.stages[revision - 1]!.ms + settleMs;
  return recounts.due({ filters, revision, ...span(recounts, revision, window.end), most: MOST, isFreshAfterMs });
}

/** Starts of the windows that are due, and not so old that the next stage is. */
function span({ stages }: Recounts, revision: number, end: number): { readonly from: number; readonly to: number } {
  const [stage, next] = [stages[revision - 1]!, stages[revision]];
  return { from: end - (next?.ms ?? stage.ms + LAST_MS) - PERIOD_MS + 1, to: end - stage.ms - PERIOD_MS + 1 };
}

/** How far back windows are counted or corrected, ms. */
function reach({ stages }: Recounts): number {
  return (stages.at(-1)?.ms ?? LATE_MS) + LAST_MS;
}

function note({ id, revision, from, to, sinks }: Correction, { log }: Scope): void {
  const told = Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status]));
  log.info(
    { report: id, revision, from, to, sinks: told },
    to < from ? 'fewer events than before, not sent' : 'corrected',
  );
}

/** Of all events, with four digits. */
export function shareOf({ events, late }: Pick<LateShare, 'events' | 'late'>): number {
  return events === 0 ? 0 : Math.round((late / events) * 10_000) / 10_000;
}

/** How many of these reached a sink. */
export function reached(corrections: readonly Correction[]): number {
  return corrections.filter(({ sinks }) =>
    Object.values(sinks).some((receipt) => 'accepted' in receipt && receipt.accepted > 0),
  ).length;
}
