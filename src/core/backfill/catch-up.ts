import { isSinkDown } from '../delivery/receipt.ts';
import type { CatchUp, Filled, Missing } from '../model/aftermath.ts';
import { DAY_MS } from '../model/window.ts';
import type { ReportResult } from '../model/results.ts';
import type { Clock } from '../ports/clock.ts';
import type { BacklogGate } from '../run/backlog-gate.ts';
import type { Work } from '../run/ports.ts';
import { openReadDeadline } from '../run/read-deadline.ts';
import { downSources } from '../run/sources/down-sources.ts';
import { fillWindows } from './fill-windows.ts';
import { type MissingWindow, missingWindowsOf, reportsIn, routesOf, sortOut } from './missing-windows.ts';

export type CatchUpDeps = Clock & {
  readonly gate: BacklogGate;
  /** Of a whole run. */
  readonly deadlineMs: number;
  /** Windows (by their start) that failed in earlier runs of this process, and how often: they come last. */
  readonly failures: Map<number, number>;
};

/** So far back something is still named that nobody will catch up, ms; the ledger's memory reaches at least as far. */
const LOOK_BACK_MS = 2 * DAY_MS;

/**
 * Delivers what is missing before the run's own window, the oldest first. `reports`: what became of that window. Null:
 * catch-up is off.
 */
export async function catchUp(
  work: Work,
  reports: readonly ReportResult[],
  deps: CatchUpDeps,
): Promise<CatchUp | null> {
  const { filters, window } = work.order;
  const { sinks, ledger } = work;
  const { backlog } = ledger;
  if (backlog === undefined || backlog.reachMs === 0) return null;
  const began = deps.now();
  const look = async (): Promise<readonly Missing[] | null> =>
    backlog.missing(routesOf(filters, sinks), window.end - LOOK_BACK_MS, window.start, 'recorded');
  const sort = (missing: readonly Missing[]): ReturnType<typeof sortOut> =>
    sortOut(missing, sinks, deps.now(), window.end - backlog.reachMs);
  const result = (done: Done, left: readonly Missing[] | null): CatchUp => {
    const sorted = left === null ? null : sort(left);
    const behind = sorted === null ? null : reportsIn(sorted.due);
    return { ...done, behind, tooOld: sorted?.tooOld ?? [], durationMs: deps.now() - began };
  };
  const missing = await look();
  const free = missing === null || sort(missing).due.every(({ held }) => held) ? null : deps.gate.take();
  if (free === null) return result({ windows: [], stopped: null }, missing);
  try {
    const open = missingWindowsOf(sort(missing!).due.filter(({ held }) => !held));
    const done = await fill(inOrder(open, deps.failures), work, reports, deps);
    return result(done, await look());
  } finally {
    free();
  }
}

/** What failed before comes after the rest, so that it holds up nothing. */
function inOrder(missingWindows: readonly MissingWindow[], failures: Map<number, number>): readonly MissingWindow[] {
  const oldest = missingWindows[0]?.window.start ?? Infinity;
  for (const start of failures.keys()) if (start < oldest) failures.delete(start);
  return missingWindows.toSorted(
    (a, b) =>
      (failures.get(a.window.start) ?? 0) - (failures.get(b.window.start) ?? 0) || a.window.start - b.window.start,
  );
}

/** What became of the windows that were worked off, the oldest first. */
type Done = Pick<CatchUp, 'windows' | 'stopped'>;

async function fill(
  missingWindows: readonly MissingWindow[],
  work: Work,
  reports: readonly ReportResult[],
  deps: CatchUpDeps,
): Promise<Done> {
  const windows: Filled[] = [];
  const reading = openReadDeadline(work.scope, deps);
  const lost = reports.filter(({ fault }) => fault?.retryable === false);
  try {
    const { stopped } = await fillWindows(
      missingWindows,
      { ...work, filters: work.order.filters, reading },
      {
        ...deps,
        expectMs: deps.deadlineMs - (work.scope.deadline - deps.now()),
        downSources: downSources(reports),
        lostFilters: new Set(lost.map(({ filter }) => filter.name)),
        downSinks: new Set(work.sinks.map(({ name }) => name).filter((name) => isSinkDown(name, reports))),
        onWindow: (filled, isCut) => {
          windows.push(filled);
          const { start } = filled.window;
          if (filled.error === null) deps.failures.delete(start);
          else if (!isCut) deps.failures.set(start, (deps.failures.get(start) ?? 0) + 1);
        },
      },
    );
    return { windows: windows.toSorted((a, b) => a.window.start - b.window.start), stopped };
  } finally {
    reading.close();
  }
}
