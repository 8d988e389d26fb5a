import { stretches } from '../../../core/chart/stretches.ts';
import type { Slot } from '../data/model.ts';

/** Slots as they are drawn, side by side. Null: not counted. */
export type Slots = readonly (Slot | null)[];

/** Units of a drawing: what one slot takes, how much of that its bar, and how high the highest is. */
export interface Grid {
  readonly step: number;
  readonly bar: number;
  /** Left of a bar. */
  readonly inset: number;
  readonly height: number;
  /** A zero is a line this high, so that it is no hole; a count is at least twice as high. */
  readonly zero: number;
  /** What is incomplete is at least so high, so that its zero is no zero. */
  readonly open: number;
  /** Decimals of a height. */
  readonly digits: number;
}

/** How a slot is drawn: full, or hollow where it is not complete; and what Sentry's own series says apart from ours. */
export const KINDS = ['bars', 'told', 'open', 'told open'] as const;
export type Kind = (typeof KINDS)[number];

function kindOf({ complete, from }: Slot): Kind {
  if (from === 'source') return complete ? 'told' : 'told open';
  return complete ? 'bars' : 'open';
}

/** All of one kind in one path; '' where there are none. `top`: the count that is as high as the drawing. */
export function barsPaths(windows: Slots, top: number, grid: Grid): Readonly<Record<Kind, string>> {
  const paths = { bars: '', told: '', open: '', 'told open': '' };
  for (let index = 0; index < windows.length; index++) {
    const it = windows[index]!;
    if (it !== null) paths[kindOf(it)] += bar(index, heightOfSlot(it, top, grid), grid);
  }
  return paths;
}

function heightOfSlot(slot: Slot, top: number, grid: Grid): number {
  return Math.max(slot.complete ? grid.zero : grid.open, heightOf(slot.events, top, grid));
}

/** In proportion to the top. */
export function heightOf(events: number, top: number, { zero, height, digits }: Grid): number {
  return events === 0 ? zero : Math.max(2 * zero, rounded((events / top) * height, digits));
}

export function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function bar(index: number, high: number, { step, bar: wide, inset, height }: Grid): string {
  return `M${rounded(index * step + inset, 3)} ${height}v-${high}h${wide}v${high}`;
}

/** First and last (not included) of each stretch of slots that were not counted. */
export function gapsOf(windows: Slots): readonly (readonly [number, number])[] {
  return stretches(windows.map((it) => it === null));
}

export function peakOf(windows: Slots): number {
  return windows.reduce((most, it) => Math.max(most, it?.events ?? 0), 0);
}
