import type { ReportResult, RunEnd } from './ports.ts';
import type { Missing } from './ledger.ts';
import type { Window } from './types.ts';
import { narrow, type Hole } from './holes.ts';
import { judge, type Verdict } from './outcome.ts';
import { notRead, startPart, type Work } from './part.ts';
import { plan } from './plan.ts';
import { isWhole } from './receipt.ts';
import type { Turns } from './turns.ts';
import { isoOf } from './window.ts';

/** What became of one window of the backlog. */
export interface Filled {
  readonly window: Window;
  /** Filters of which something was missing. */
  readonly reports: number;
  /** How many could not be read. */
  readonly unread: number;
  /** By sink, how many receipts of each status. */
  readonly sinks: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The first thing that went wrong. */
  readonly error: string | null;
  readonly verdict: Verdict;
}

/** - trouble: a sink or the source failed again and again, and the rest was left for the next run */
export type Stop = RunEnd | 'trouble';

export interface FillDeps {
  now(): number;
  readonly turns: Turns;
  /** Names of sinks that just now take nothing. */
  readonly downSinks: ReadonlySet<string>;
  /** Nothing can be read just now. */
  readonly isSourceDown: boolean;
  onWindow(filled: Filled): void;
}

/** So many windows are in hand at once: few, so that the oldest come first; several, so that they share the sinks' requests. */
const AHEAD = 4;
/** Windows in a row that nothing came of: the sink, or the source, is left alone for the rest of the run. */
const IN_A_ROW = 3;

/** Works off windows in their order, as a run over each would, until the work's deadline comes near. Gives back why something was left, if it was. */
export async function fillHoles(holes: readonly Hole[], work: Work, deps: FillDeps): Promise<Stop | null> {
  const { scope } = work;
  const queue = [...holes];
  const trouble = watchTrouble(deps);
  let longest = 0;
  let stopped: Stop | null = null;
  const next = async (): Promise<Hole | undefined> => {
    await deps.turns.clear(scope.signal);
    for (let hole = queue.shift(); hole !== undefined && stopped === null; hole = queue.shift()) {
      stopped = scope.ended() ?? (deps.turns.isResting() ? 'shutdown' : null) ?? (deps.now() + longest > scope.deadline ? 'deadline' : null);
      const left = stopped === null ? narrow(hole, trouble.passes) : null;
      if (left !== null) return left;
    }
    return undefined;
  };
  const fill = async (): Promise<void> => {
    for (let hole = await next(); hole !== undefined; hole = await next()) {
      const began = deps.now();
      const reports = await fillOne(hole, work);
      longest = Math.max(longest, deps.now() - began);
      trouble.note(reports);
      const filled = summaryOf(hole, reports);
      const fields = { window: isoOf(filled.window.start), reports: filled.reports, unread: filled.unread, sinks: filled.sinks };
      if (filled.error === null) scope.log.info(fields, 'caught up');
      else scope.log.warn({ ...fields, error: filled.error }, 'not caught up');
      deps.onWindow(filled);
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, fill));
  return stopped ?? (trouble.hit() ? 'trouble' : null);
}

async function fillOne({ window, missing }: Hole, work: Work): Promise<readonly ReportResult[]> {
  const filters = work.request.filters.filter(({ name }) => missing.has(name));
  const own: Work = { ...work, request: { ...work.request, filters, window, sinks: undefined, windowGiven: true }, handed: [] };
  const results = new Map<string, Promise<ReportResult>>();
  await startPart(await plan(filters, own, (filter, sink) => missing.get(filter.name)!.some((it) => it.sink === sink)), own, results).done;
  return Promise.all(filters.map((filter) => results.get(filter.name) ?? Promise.resolve(notRead(filter, own))));
}

function summaryOf({ window, missing }: Hole, reports: readonly ReportResult[]): Filled {
  const sinks: Record<string, Record<string, number>> = {};
  for (const [name, { status }] of reports.flatMap((report) => Object.entries(report.sinks))) {
    const counts = (sinks[name] ??= {});
    counts[status] = (counts[status] ?? 0) + 1;
  }
  const verdict = judge(reports, null);
  return { window, reports: missing.size, unread: reports.filter(({ fault }) => fault !== undefined).length, sinks, error: errorIn(reports), verdict };
}

function errorIn(reports: readonly ReportResult[]): string | null {
  for (const { fault, sinks } of reports) {
    if (fault !== undefined) return fault.message;
    for (const [name, receipt] of Object.entries(sinks)) if ('accepted' in receipt && !isWhole(receipt)) return receipt.error ?? `${name}: ${receipt.refused[0]?.why ?? 'not wholly delivered'}`;
  }
  return null;
}

/** Who fails, so that the trouble of one sink, or of the source, does not cost the others their time. */
interface Trouble {
  passes(it: Missing): boolean;
  note(reports: readonly ReportResult[]): void;
  /** Something was, or is, left alone. */
  hit(): boolean;
}

function watchTrouble({ downSinks, isSourceDown }: FillDeps): Trouble {
  const failed = new Map([...downSinks].map((name) => [name, IN_A_ROW]));
  let unread = isSourceDown ? IN_A_ROW : 0;
  const isDown = (sink: string): boolean => (failed.get(sink) ?? 0) >= IN_A_ROW;
  return {
    passes: ({ sink, kept, held }) => !held && !isDown(sink) && (kept || unread < IN_A_ROW),
    hit: () => unread >= IN_A_ROW || [...failed.keys()].some(isDown),
    note(reports) {
      const wereRead = reports.filter(({ fault }) => fault === undefined);
      if (wereRead.length === 0) unread++;
      else unread = 0;
      for (const name of new Set(reports.flatMap(({ sinks }) => Object.keys(sinks)))) {
        failed.set(name, isSinkDown(name, reports) ? (failed.get(name) ?? 0) + 1 : 0);
      }
    },
  };
}

/** It was asked, and took nothing. */
export function isSinkDown(name: string, reports: readonly ReportResult[]): boolean {
  const receipts = reports.flatMap(({ sinks }) => sinks[name] ?? []);
  return receipts.length > 0 && receipts.every((receipt) => 'accepted' in receipt && receipt.accepted === 0 && !isWhole(receipt));
}
