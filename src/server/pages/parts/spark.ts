import { PERIOD_MS } from '../../../core/model/window.ts';
import type { WindowCount } from '../../../core/ports/read-model.ts';
import { clock, count } from '../format.ts';
import { html, Html } from '../html.ts';

/** Units of the drawing: one window is three wide, two of them its bar. */
export const STEP = 3;
export const HEIGHT = 32;
/** A zero is a line this high, so that it is no hole; a count is at least twice as high. */
export const ZERO = 1;
/** What is incomplete is at least so high, so that its zero is no zero. */
export const OPEN = 5;

export interface Spark {
  readonly windows: readonly (WindowCount | null)[];
  /** Of the first window, epoch ms. */
  readonly from: number;
  readonly label: string;
}

/**
 * Counts as bars, all in one path, against the highest of them. What is incomplete is a hollow bar, what was not
 * counted a hatched band over the whole height: one further path each, where there are any.
 */
export function spark({ windows, from, label }: Spark): Html {
  const peak = Math.max(1, ...windows.map((it) => it?.events ?? 0));
  const counts = windows.map((it) => (it === null ? '-' : `${it.events}${it.complete ? '' : '+'}`)).join(' ');
  const scale = html`viewBox="0 0 ${windows.length * STEP} ${HEIGHT}" preserveAspectRatio="none"`;
  const words = html`role="img" aria-label="${label}" data-from="${from}" data-counts="${counts}"`;
  const paths = [
    path('gaps', gapsOf(windows)),
    path('bars', barsOf(windows, true, peak)),
    path('open', barsOf(windows, false, peak)),
  ];
  return html`<svg class="spark" ${scale} ${words}>${paths}</svg>`;
}

function barsOf(windows: readonly (WindowCount | null)[], complete: boolean, peak: number): string {
  const least = complete ? ZERO : OPEN;
  return windows
    .map((it, index) => (it?.complete === complete ? bar(index, Math.max(least, heightOf(it.events, peak))) : ''))
    .join('');
}

function path(name: string, drawn: string): Html | null {
  return drawn === '' ? null : new Html(`<path class="${name}" d="${drawn}"/>`);
}

function bar(index: number, height: number): string {
  return `M${index * STEP} ${HEIGHT}v-${height}h2v${height}`;
}

/** Whole units, in proportion to the peak. */
export function heightOf(events: number, peak: number): number {
  return events === 0 ? ZERO : Math.max(2 * ZERO, Math.round((events / peak) * HEIGHT));
}

/** One band a stretch of windows. */
function gapsOf(windows: readonly (WindowCount | null)[]): string {
  let drawn = '';
  for (let at = 0; at < windows.length; at++) {
    const from = at;
    while (at < windows.length && windows[at] === null) at++;
    if (at > from) drawn += `M${from * STEP} 0h${(at - from) * STEP}v${HEIGHT}h-${(at - from) * STEP}z`;
  }
  return drawn;
}

/** The drawing in words. */
export function describe(windows: readonly (WindowCount | null)[], from: number): string {
  const known = windows.flatMap((it) => it ?? []);
  const to = from + windows.length * PERIOD_MS;
  if (known.length === 0) return `${clock(from)} to ${clock(to)} UTC: nothing was counted`;
  const peak = known.reduce((most, it) => (it.events > most.events ? it : most));
  const marks = [
    [known.filter(({ complete }) => !complete).length, 'incomplete'],
    [windows.length - known.length, 'not counted'],
  ] as const;
  const said = marks
    .filter(([value]) => value > 0)
    .map(([value, word]) => `, ${count(value)} ${word}`)
    .join('');
  const highest = `highest ${count(peak.events)} at ${clock(peak.start)}`;
  return `${clock(from)} to ${clock(to)} UTC: ${count(known.length)} windows, ${highest}${said}`;
}
