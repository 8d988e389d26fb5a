import type { Window } from '../../model/window.ts';
import { brief } from '../count-axis.ts';
import { timeTicks } from '../time-ticks.ts';
import { attributes, INK, PLACE, rect, text } from './place.ts';

const SIZE = 36;
/** Part of the width that a time takes. */
const ROOM = 0.105;

/** Counts at the left, with lines over the whole width. */
export function countAxis(ticks: readonly number[], right: number): string {
  const top = ticks.at(-1)!;
  return ticks
    .map((tick) => {
      const y = Math.round(PLACE.bottom - (tick / top) * (PLACE.bottom - PLACE.top));
      const line = rect([PLACE.left, y - 1, right - PLACE.left, 2], { fill: tick === 0 ? INK.axis : INK.line });
      return line + text(brief(tick), PLACE.left - 16, y + SIZE / 3, { 'text-anchor': 'end' });
    })
    .join('');
}

/** Full hours, and where a day begins. `right`: where the last bar ends. */
export function timeAxis(span: Window, zone: string, right: number): string {
  const wide = right - PLACE.left;
  const marks = timeTicks(span, zone, ROOM).map(({ at, text: said, isDay }) => {
    const x = Math.round(PLACE.left + ((at - span.start) / (span.end - span.start)) * wide);
    const line = rect([x - 1, PLACE.bottom + 1, 2, said === null ? 8 : 14], { fill: INK.axis });
    if (said === null) return line;
    return line + text(said, x, PLACE.bottom + 54, { 'text-anchor': 'middle', ...(isDay ? BOLD : {}) });
  });
  return marks.join('');
}

const BOLD = { 'font-weight': 700, fill: INK.text };

/** Around both axes. */
export function axes(parts: string): string {
  return `<g${attributes({ fill: INK.soft, 'font-size': SIZE })}>${parts}</g>`;
}
