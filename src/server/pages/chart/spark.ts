import type { PageData } from '../data/model.ts';
import { html, Html } from '../html.ts';
import { barsPaths, gapsOf, type Grid, KINDS, peakOf, type Slots } from './bars.ts';
import { describe } from './words.ts';

/** One window is three wide, two of them its bar. */
export const GRID: Grid = { step: 3, bar: 2, inset: 0, height: 32, zero: 1, open: 5, digits: 0 };

export interface Spark {
  readonly windows: Slots;
  /** Of the first slot, epoch ms, and how long each is, ms. */
  readonly from: number;
  readonly step: number;
  readonly label: string;
  /** The count that is as high as the drawing; absent: the highest of these. */
  readonly top?: number;
}

/**
 * Counts as bars, all in one path, against the highest of them or of all charts. What is incomplete is a hollow bar,
 * what was not counted a hatched band over the whole height: one further path each, where there are any.
 */
export function spark({ windows, from, step, label, top = peakOf(windows) }: Spark): Html {
  const counts = windows.map((it) => (it === null ? '-' : `${it.events}${it.complete ? '' : '+'}`)).join(' ');
  const scale = html`viewBox="0 0 ${windows.length * GRID.step} ${GRID.height}" preserveAspectRatio="none"`;
  const words = html`role="img" aria-label="${label}" data-from="${from}" data-step="${step}" data-counts="${counts}"`;
  const drawn = barsPaths(windows, Math.max(1, top), GRID);
  const paths = KINDS.map((kind) => path(kind, drawn[kind]));
  return html`<svg class="spark" ${scale} ${words}>${path('gaps', gapsPath(windows))}${paths}</svg>`;
}

function path(name: string, drawn: string): Html | null {
  return drawn === '' ? null : new Html(`<path class="${name}" d="${drawn}"/>`);
}

/** Of the span of a page, named. `top`: as above. */
export function namedSpark(
  name: string,
  windows: Slots,
  { span: { start }, step, now }: Pick<PageData, 'span' | 'step' | 'now'>,
  top?: number,
): Html {
  const label = `${name}, ${describe(windows, start, step, now)}`;
  return spark({ windows, from: start, step, label, ...(top === undefined ? {} : { top }) });
}

/** One band a stretch. */
function gapsPath(windows: Slots): string {
  const { step, height } = GRID;
  return gapsOf(windows)
    .map(([first, end]) => `M${first * step} 0h${(end - first) * step}v${height}h-${(end - first) * step}z`)
    .join('');
}
