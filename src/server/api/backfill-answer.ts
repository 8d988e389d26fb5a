import type { CatchUp, Filled, Recounting, TooOld } from '../../core/model/aftermath.ts';
import { isoOf } from '../../core/model/window.ts';
import { shareOf } from '../../core/recount/recount.ts';

/** The member `catchUp` of an answer: a line per window, not its reports: those of a day would be megabytes. */
export function catchUpBody({ windows, behind, tooOld, stopped, durationMs }: CatchUp): object {
  return {
    behind,
    durationMs,
    ...(stopped === null ? {} : { stopped }),
    windows: windows.map(windowBody),
    tooOld: tooOld.map(tooOldBody),
  };
}

export function windowBody({ window, reports, unread, sinks, error }: Filled): object {
  return {
    start: isoOf(window.start),
    end: isoOf(window.end),
    reports,
    unread,
    sinks,
    ...(error === null ? {} : { error }),
  };
}

export function tooOldBody({ sink, reports, from, to }: TooOld): object {
  return { sink, reports, from: isoOf(from), to: isoOf(to) };
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
