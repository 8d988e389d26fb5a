import type { CatchUp } from './core/catchup.ts';
import type { Filled } from './core/filling.ts';
import type { TooOld } from './core/holes.ts';
import { isoOf } from './core/window.ts';

/** The member `catchUp` of an answer: a line per window, not its reports: those of a day would be megabytes. */
export function catchUpBody({ windows, behind, tooOld, stopped, durationMs }: CatchUp): object {
  return { behind, durationMs, ...(stopped === null ? {} : { stopped }), windows: windows.map(windowBody), tooOld: tooOld.map(tooOldBody) };
}

export function windowBody({ window, reports, unread, sinks, error }: Filled): object {
  return { start: isoOf(window.start), end: isoOf(window.end), reports, unread, sinks, ...(error === null ? {} : { error }) };
}

export function tooOldBody({ sink, reports, from, to }: TooOld): object {
  return { sink, reports, from: isoOf(from), to: isoOf(to) };
}
