import { PERIOD_MS, type Window } from '../../../../core/model/window.ts';
import type { Cell, Grid } from './grid.ts';
import type { Slot } from '../model.ts';

/** What is known of a filter's counts. */
export interface FilterCounts {
  /** By windows, of the last half day at least. */
  readonly windows: Grid;
  /** By windows or hours, as far back as the bars go. */
  readonly bars: Grid;
  /** The source's own series; null: none was read. */
  readonly source: Grid | null;
  /**
   * Start of the first window that any server counted, epoch ms: from there on the source's series says nothing, so
   * that a hole stays one. Infinity: none was. Null: nobody knows of other servers, and the series serves everywhere.
   */
  readonly first: number | null;
}

/** Bars. */
export interface Bars {
  readonly span: Window;
  readonly step: number;
  /** End of the last window that should have been counted, or was; epoch ms. */
  readonly until: number;
}

/** What bars are told apart by. */
export function keyOfBars({ span, step, until }: Bars): string {
  return `bars ${span.start} ${span.end} ${step} ${until}`;
}

/** One a step; null: not counted. `key`: of the bars, made once for all filters. */
export function slotsOf(counts: FilterCounts, bars: Bars, key = keyOfBars(bars)): readonly (Slot | null)[] {
  // The series is another object at each look.
  if (counts.source !== null) return makeSlots(counts, bars);
  return counts.bars.derived(key, () => makeSlots(counts, bars));
}

function makeSlots(counts: FilterCounts, { span, step, until }: Bars): readonly (Slot | null)[] {
  const { bars, source } = counts;
  // Most are as they were at the last look. NOTE: what is due of the last step changes without its count.
  const whole = step === bars.step ? Math.max(span.start, Math.min(span.end, until - (until % step))) : span.start;
  const slots = madeOf(bars, span.start, whole);
  for (let start = whole; start < span.end; start += step) {
    const due = Math.max(1, (Math.min(start + step, until) - start) / PERIOD_MS);
    slots.push(summedSlot(bars, { start, step, due }));
  }
  if (source === null) return slots;
  return slots.map((slot, index) => {
    const start = span.start + index * step;
    const due = Math.max(1, (Math.min(start + step, until) - start) / PERIOD_MS);
    return slot ?? toldSlot(counts, { start, step, due });
  });
}

/** Whole steps of a grid. */
function madeOf(bars: Grid, start: number, end: number): (Slot | null)[] {
  const { step } = bars;
  return bars.made(start, end, (cell, at) => countedSlot(cell, { start: at, step, due: step / PERIOD_MS }));
}

/** Single windows that start in [start, end), as they were counted; null: they were not. */
export function windowsOf({ windows }: Pick<FilterCounts, 'windows'>, start: number, end: number): (Slot | null)[] {
  return madeOf(windows, start, end);
}

/** Where a slot lies, and how many windows of it are due. */
interface Place {
  readonly start: number;
  readonly step: number;
  readonly due: number;
}

function summedSlot(bars: Grid, place: Place): Slot | null {
  const cell = bars.sum(place.start, place.start + place.step);
  return cell === null ? null : countedSlot(cell, place);
}

function countedSlot(cell: Cell, { start, step, due }: Place): Slot {
  return { start, ...slotIn(cell, due), ...(step === PERIOD_MS ? {} : windowsIn(cell, due)) };
}

/** What was not counted, as the source has it. */
function toldSlot({ source, first }: FilterCounts, { start, step, due }: Place): Slot | null {
  const end = start + step;
  const told = first !== null && end > first ? null : (source?.sum(start, end) ?? null);
  return told === null ? null : { start, ...slotIn(told, due), counted: 0, from: 'source' };
}

function slotIn(cell: Cell, due: number): Pick<Slot, 'events' | 'complete' | 'revision'> {
  const { events, counted, complete, revision } = cell;
  return { events, complete: counted >= due && complete === counted, revision };
}

function windowsIn({ counted }: Cell, due: number): Pick<Slot, 'counted' | 'due'> {
  return { counted, due: Math.max(due, counted) };
}
