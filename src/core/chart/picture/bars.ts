import type { Block } from '../blocks.ts';
import { stretches } from '../stretches.ts';
import { INK, PLACE, rect, text } from './place.ts';

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
export function barsOf(blocks: readonly Block[], grid: Grid): string {
  const bands = stretches(blocks.map(({ events }) => events === null)).map((it) => bandOf(it, grid));
  const bars = blocks.map((block, index) => (block.events === null ? '' : barOf(block, index, grid)));
  const marks = stretches(blocks.map(isOpen)).map((it) => markOf(it, blocks, grid));
  return `${bands.join('')}<g shape-rendering="crispEdges">${bars.join('')}</g>${marks.join('')}`;
}

function isOpen({ events, complete }: Block): boolean {
  return events !== null && !complete;
}

/** Above the highest of some neighbours. */
function markOf([first, end]: readonly [number, number], blocks: readonly Block[], { left, step, top }: Grid): string {
  const most = blocks.slice(first, end).reduce((peak, { events }) => Math.max(peak, events!), 0);
  const high = Math.max(OPEN, Math.round((most / top) * HIGH));
  const look = { fill: INK.text, 'font-size': 34, 'font-weight': 700, 'text-anchor': 'middle' };
  return text('?', left + Math.round(((first + end) / 2) * step), PLACE.bottom - high - 10, look);
}

function bandOf([first, end]: readonly [number, number], { left, step }: Grid): string {
  const [x, width] = [left + first * step, (end - first) * step];
  const look = { fill: INK.gap };
  return rect([x, PLACE.top, width, HIGH], look) + rect([x, PLACE.top, width, HIGH], { fill: 'url(#hatch)' });
}

function barOf({ events, complete }: Block, index: number, { left, step, top }: Grid): string {
  const [x, width] = [left + index * step, Math.max(2, step - 1 - Math.floor(step / 8))];
  const count = Math.round((events! / top) * HIGH);
  const high = events === 0 ? ZERO : Math.max(2 * ZERO, count);
  if (complete) return rect([x, PLACE.bottom - high, width, high], { fill: INK.bar });
  return hollow(x, width, Math.max(OPEN, high));
}

/** NOTE: of whole pixels, not of a stroke, which would lie on the middle of two. */
function hollow(x: number, width: number, high: number): string {
  const y = PLACE.bottom - high;
  const look = { fill: INK.bar };
  return [
    rect([x, y, width, STROKE], look),
    rect([x, y, STROKE, high], look),
    rect([x + width - STROKE, y, STROKE, high], look),
    rect([x, PLACE.bottom - STROKE, width, STROKE], look),
  ].join('');
}
