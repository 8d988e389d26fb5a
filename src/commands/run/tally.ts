import type { RangeResult } from '../../core/backfill/fill-range.ts';
import { reportsIn } from '../../core/backfill/missing-windows.ts';
import type { Missing } from '../../core/model/aftermath.ts';
import { isoOf, type Window } from '../../core/model/window.ts';

/** What became of a span so far. */
export interface Tally {
  readonly reports: number;
  readonly failedWindows: number;
  /** Reports that were not tried, and why. */
  readonly left: number;
  readonly stopped: RangeResult['rest']['stopped'];
  /** Reports in another server's hands. */
  readonly held: number;
  /** Reports, by sink. */
  readonly tooOld: ReadonlyMap<string, number>;
}

export const NOTHING_YET: Tally = { reports: 0, failedWindows: 0, left: 0, stopped: null, held: 0, tooOld: new Map() };

/** With one more step of the work; what it left is only added once nobody tries it again. */
export function withResult(
  tally: Tally,
  { windows, rest, held, tooOld }: RangeResult,
  left: readonly Missing[],
): Tally {
  const old = new Map(tally.tooOld);
  for (const { sink, reports } of tooOld) old.set(sink, (old.get(sink) ?? 0) + reports);
  return {
    reports: tally.reports + windows.reduce((sum, { reports }) => sum + reports, 0),
    failedWindows: tally.failedWindows + windows.filter(({ error }) => error !== null).length,
    left: tally.left + reportsIn(left),
    stopped: isGoingOn(rest, windows) ? null : rest.stopped,
    held: tally.held + reportsIn(held),
    tooOld: old,
  };
}

/** The deadline of a run cut it short, and it got somewhere: the next one takes up the rest. */
export function isGoingOn({ stopped }: RangeResult['rest'], windows: RangeResult['windows']): boolean {
  return stopped === 'deadline' && windows.length > 0;
}

export function isWhole({ failedWindows, left, tooOld, stopped }: Tally): boolean {
  return failedWindows + left + tooOld.size === 0 && stopped === null;
}

export function textOf(tally: Tally, { start, end }: Window): string {
  const { reports, failedWindows, left, stopped, held, tooOld } = tally;
  const parts = [
    reports === 0 ? '' : `${reports} ${reports === 1 ? 'report' : 'reports'} tried`,
    failedWindows === 0 ? '' : `${failedWindows} ${failedWindows === 1 ? 'window' : 'windows'} not wholly delivered`,
    left === 0 ? '' : `${left} ${left === 1 ? 'report' : 'reports'} not tried (${String(stopped)})`,
    held === 0 ? '' : `${held} in another server's hands`,
    ...[...tooOld].map(([sink, count]) => `${count} too old for ${sink}, not sent`),
    isWhole(tally) && held === 0 ? whole(reports) : '',
  ];
  return `${isoOf(start)} to ${isoOf(end)}: ${parts.filter((part) => part !== '').join('; ')}`;
}

function whole(reports: number): string {
  return reports === 0 ? 'nothing was missing' : 'all delivered';
}
