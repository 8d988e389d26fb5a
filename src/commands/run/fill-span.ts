import type { Program } from '../../app/assemble.ts';
import type { RangeOrder, RangeResult } from '../../core/backfill/fill-range.ts';
import type { Missing } from '../../core/model/aftermath.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../core/model/window.ts';
import type { Progress } from './progress.ts';
import { isGoingOn, NOTHING_YET, type Tally, withResult } from './tally.ts';

/** Day by day, each as far as one run's deadline lets it, and again. Null: the ledger cannot be reached. */
export async function fillSpan(
  order: RangeOrder,
  { ranges }: Program,
  progress: Progress,
  uuid: () => string,
): Promise<Tally | null> {
  let tally = NOTHING_YET;
  try {
    for (const day of daysIn(order.span)) {
      const ofDay = { ...order, span: day };
      let missing = await ranges.list(ofDay);
      if (missing === null) return null;
      progress.skip(windowsIn(day) - startsIn(missing));
      do {
        const result: RangeResult | null = await ranges.run({ ...ofDay, missing, onWindow: progress.done }, uuid());
        if (result === null) return null;
        progress.skip(startsIn(result.held));
        missing = isGoingOn(result.rest, result.windows) ? result.rest.missing : [];
        tally = withResult(tally, result, missing.length === 0 ? result.rest.missing : []);
      } while (missing.length > 0);
      if (tally.stopped !== null) break;
    }
  } finally {
    progress.end();
  }
  return tally;
}

export function windowsIn({ start, end }: Window): number {
  return (end - start) / PERIOD_MS;
}

function startsIn(missing: readonly Missing[]): number {
  return new Set(missing.map(({ start }) => start)).size;
}

function daysIn({ start, end }: Window): readonly Window[] {
  return Array.from({ length: Math.ceil((end - start) / DAY_MS) }, (_, index) => ({
    start: start + index * DAY_MS,
    end: Math.min(end, start + (index + 1) * DAY_MS),
  }));
}
