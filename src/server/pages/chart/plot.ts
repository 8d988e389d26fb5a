import { countTicks } from '../../../core/chart/count-axis.ts';
import { type Grid, peakOf, rounded } from './bars.ts';
import type { Scale } from './lines.ts';
import { type Numbered, numbered } from './marks.ts';
import { type ChartSeries, spanOf } from './series.ts';
import { type Usual, usualOf } from './usual.ts';

/** Where the parts of a drawing lie, pixels from the top. */
export const PLACE = { top: 20, height: 210, axis: 230, text: 248, whole: 256 } as const;

/** Colours that serve where there is no sheet. A sheet finds the parts by their classes. */
export const INK = {
  bar: '#3b6ea5',
  told: '#4f9f97',
  band: '#8b94a3',
  trace: '#4c5563',
  gap: '#c9ced6',
  outage: '#e8b4b0',
  text: '#4c5563',
  line: '#d9dde3',
  axis: '#8b94a3',
} as const;

export const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

/** What follows from a series once. */
export interface Plot extends ChartSeries {
  readonly grid: Grid;
  readonly scale: Scale;
  readonly usual: readonly (Usual | null)[];
  /** At the axis of counts; the last is its top. */
  readonly ticks: readonly number[];
  readonly numbers: readonly Numbered[];
}

/** `step`: units that a slot is wide. Bars fill four fifths, so that they can be told apart while there is room. */
export function plotOf(series: ChartSeries, step: number): Plot {
  const { windows, before, marks } = series;
  const usual = usualOf(windows, before);
  const most = usual.reduce((high, it) => Math.max(high, it?.high ?? 0), Math.max(peakOf(windows), peakOf(before)));
  const ticks = countTicks(most);
  const { height } = PLACE;
  return {
    ...series,
    grid: { step, bar: rounded(step * 0.8, 3), inset: step / 10, height, zero: 1.5, open: 5, digits: 2 },
    scale: { step, height, top: ticks.at(-1)! },
    usual,
    ticks,
    numbers: numbered(marks, spanOf(series)),
  };
}
