import type { CatchUp, Filled, Recounting, Stop, TooOld } from '../../core/model/aftermath.ts';
import { isoOf } from '../../core/model/window.ts';
import { shareOf } from '../../core/recount/recount.ts';
import { see } from '../reasons/see.ts';

/** The member `catchUp` of an answer: a line per window, not its reports: those of a day would be megabytes. */
export function catchUpBody({ windows, behind, tooOld, stopped, durationMs }: CatchUp): object {
  return {
    behind,
    durationMs,
    ...stoppedBody(stopped),
    windows: windows.map(windowBody),
    tooOld: tooOld.map(tooOldBody),
  };
}

export function stoppedBody(stopped: Stop | null): object {
  return stopped === null ? {} : { stopped, see: see(`stopped-${stopped}`) };
}

export function windowBody({ window, reports, unread, sinks, error }: Filled): object {
  return {
    start: isoOf(window.start),
    end: isoOf(window.end),
    reports,
    unread,
    sinks,
    ...(error === null ? {} : { error, see: see('not-caught-up') }),
  };
}

export function tooOldBody({ sink, reports, from, to }: TooOld): object {
  return { sink, reports, from: isoOf(from), to: isoOf(to), see: see('too-old') };
}

/** The members `corrections` and `late` of an answer. */
export function recountBody({ corrections, late }: Recounting): object {
  return {
    corrections: corrections.map(({ window: { start, end }, ...rest }) => ({
      ...rest,
      window: { start: isoOf(start), end: isoOf(end) },
    })),
    late: late.map(({ revision: _revision, stage, ...rest }) => ({ after: stage, ...rest, share: shareOf(rest) })),
  };
}
