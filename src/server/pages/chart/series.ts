import type { Window } from '../../../core/model/window.ts';
import type { Mark } from '../data/model.ts';
import type { Slots } from './bars.ts';

/** What is drawn. */
export interface ChartSeries {
  readonly windows: Slots;
  /** The slots directly before, as many; empty: not asked for. */
  readonly before: Slots;
  /** Start of the first slot, epoch ms, and how long each is, ms. */
  readonly from: number;
  readonly step: number;
  readonly marks: readonly Mark[];
  /** Where people find the same search for a stretch of time; null: nobody knows. */
  readonly searchUrl: (span: Window) => string | null;
}

export function spanOf({ windows, from, step }: Pick<ChartSeries, 'windows' | 'from' | 'step'>): Window {
  return { start: from, end: from + windows.length * step };
}

/** The stretch of time of a slot. */
export function stretchOf({ from, step }: Pick<ChartSeries, 'from' | 'step'>, index: number): Window {
  return { start: from + index * step, end: from + (index + 1) * step };
}
