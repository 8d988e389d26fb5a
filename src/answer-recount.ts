import { shareOf, type Recounting } from './core/recount.ts';
import { isoOf } from './core/window.ts';

/** The members `corrections` and `late` of an answer. */
export function recountBody({ corrections, late }: Recounting): object {
  return {
    corrections: corrections.map(({ window: { start, end }, ...rest }) => ({ ...rest, window: { start: isoOf(start), end: isoOf(end) } })),
    late: late.map(({ revision: _revision, stage, ...rest }) => ({ after: stage, ...rest, share: shareOf(rest) })),
  };
}
