import type { Window } from '../../model/window.ts';
import { brief } from '../count-axis.ts';
import { timeTicks } from '../time-ticks.ts';
import type { Look, Shape } from './drawing.ts';
import { INK, PLACE } from './place.ts';

const SIZE = 36;
const SOFT: Look = { fill: INK.soft, size: SIZE };
/** Part of the width that a time takes. */
const ROOM = 0.105;

/** Counts at the left, with lines over the whole width. */
export function countAxis(ticks: readonly number[], right: number): readonly Shape[] {
  const top = ticks.at(-1)!;
  return ticks.flatMap((tick): readonly Shape[] => {
    const y = Math.round(PLACE.bottom - (tick / top) * (PLACE.bottom - PLACE.top));
    return [
      { box: [PLACE.left, y - 1, right - PLACE.left, 2], fill: tick === 0 ? INK.axis : INK.line },
      { text: brief(tick), x: PLACE.left - 16, y: y + SIZE / 3, look: { ...SOFT, at: 'end' } },
    ];
  });
}

/** Full hours, and where a day begins. `right`: where the last bar ends. */
export function timeAxis(span: Window, zone: string, right: number): readonly Shape[] {
  const wide = right - PLACE.left;
  return timeTicks(span, zone, ROOM).flatMap(({ at, text, isDay }): readonly Shape[] => {
    const x = Math.round(PLACE.left + ((at - span.start) / (span.end - span.start)) * wide);
    const line: Shape = { box: [x - 1, PLACE.bottom + 1, 2, text === null ? 8 : 14], fill: INK.axis };
    if (text === null) return [line];
    return [line, { text, x, y: PLACE.bottom + 54, look: { ...SOFT, ...(isDay ? DAY : {}), at: 'middle' } }];
  });
}

const DAY = { bold: true, fill: INK.text } as const;
