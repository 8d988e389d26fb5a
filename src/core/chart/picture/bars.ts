import type { Block } from '../blocks.ts';
import { stretches } from '../stretches.ts';
import type { Box, Shape } from './drawing.ts';
import { INK, PLACE } from './place.ts';

/** How bars stand side by side, whole pixels. */
export interface Grid {
  /** Left of the first. */
  readonly left: number;
  /** From one to the next. */
  readonly step: number;
  /** The count that is as high as the axis. */
  readonly top: number;
}

const HIGH = PLACE.bottom - PLACE.top;
/** A zero is a line this high, so that it is no hole; a count is at least twice as high. */
const ZERO = 4;
/** What is incomplete is at least so high, so that its zero is no zero. */
const OPEN = 14;
/** Of a hollow bar. */
const STROKE = 2;

/**
 * A bar a block: full, or hollow below a question mark where more may be missing, because on a telephone hollow bars
 * are full ones that are paler; a hatched band where nothing was counted.
 */
export function barsOf(blocks: readonly Block[], grid: Grid): readonly Shape[] {
  const bands = stretches(blocks.map(({ events }) => events === null)).flatMap((it) => bandOf(it, grid));
  const bars = blocks.flatMap((block, index) => (block.events === null ? [] : barOf(block, index, grid)));
  const marks = stretches(blocks.map(isOpen)).map((it) => markOf(it, blocks, grid));
  return [...bands, ...bars, ...marks];
}

function isOpen({ events, complete }: Block): boolean {
  return events !== null && !complete;
}

/** Above the highest of some neighbours. */
function markOf([first, end]: readonly [number, number], blocks: readonly Block[], { left, step, top }: Grid): Shape {
  const most = blocks.slice(first, end).reduce((peak, { events }) => Math.max(peak, events!), 0);
  const high = Math.max(OPEN, Math.round((most / top) * HIGH));
  const x = left + Math.round(((first + end) / 2) * step);
  return { text: '?', x, y: PLACE.bottom - high - 10, look: { fill: INK.text, size: 34, bold: true, at: 'middle' } };
}

function bandOf([first, end]: readonly [number, number], { left, step }: Grid): readonly Shape[] {
  return gap([left + first * step, PLACE.top, (end - first) * step, HIGH]);
}

function barOf({ events, complete }: Block, index: number, { left, step, top }: Grid): readonly Shape[] {
  const [x, width] = [left + index * step, Math.max(2, step - 1 - Math.floor(step / 8))];
  const count = Math.round((events! / top) * HIGH);
  const high = events === 0 ? ZERO : Math.max(2 * ZERO, count);
  if (complete) return [{ box: [x, PLACE.bottom - high, width, high], fill: INK.bar }];
  const open = Math.max(OPEN, high);
  return hollow([x, PLACE.bottom - open, width, open], STROKE);
}

/** What nobody counted. */
export function gap(box: Box): readonly Shape[] {
  return [
    { box, fill: INK.gap },
    { box, fill: INK.hatch, hatched: true },
  ];
}

/** What may be more. */
export function hollow([x, y, width, height]: Box, stroke: number): readonly Shape[] {
  const boxes: readonly Box[] = [
    [x, y, width, stroke],
    [x, y, stroke, height],
    [x + width - stroke, y, stroke, height],
    [x, y + height - stroke, width, stroke],
  ];
  return boxes.map((box) => ({ box, fill: INK.bar }));
}
