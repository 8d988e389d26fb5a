import { DAY_MS } from '../window.ts';

/** How far a reader of an intake came; see `Cursor`. */
interface Reader {
  readonly watermark: number | null;
  readonly movedAt: number;
}

/**
 * A reader that did not move for so long while another did is one no more: its server was taken away. Where all stand
 * still nobody knows anything.
 */
const GONE_MS = DAY_MS;

/** Of an intake's readers those that are still there. */
export function presentReaders<T extends Reader>(readers: readonly T[]): readonly T[] {
  const newest = Math.max(...readers.map(({ movedAt }) => movedAt));
  return readers.filter(({ movedAt }) => movedAt >= newest - GONE_MS);
}

/** All that happened before this instant was read by all of them, epoch ms; -Infinity: nobody knows. */
export function readUpTo(readers: readonly Reader[]): number {
  const present = presentReaders(readers);
  return present.length === 0 ? -Infinity : Math.min(...present.map(({ watermark }) => watermark ?? -Infinity));
}
