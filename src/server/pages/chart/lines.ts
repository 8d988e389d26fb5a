import { stretches } from '../../../core/chart/stretches.ts';
import { rounded, type Slots } from './bars.ts';
import type { Usual } from './usual.ts';

/** How slots lie in a drawing: one is `step` wide, `top` counts are `height` high. Its zero is at the bottom. */
export interface Scale {
  readonly step: number;
  readonly height: number;
  readonly top: number;
}

/** What was usual, as an area with steps; '' where nothing is known. */
export function bandPath(usual: readonly (Usual | null)[], scale: Scale): string {
  return stretches(usual.map((it) => it !== null))
    .map(([first, end]) => {
      const known = usual.slice(first, end).map((it) => it!);
      const there = known.map(({ high }, index) => `V${yOf(high, scale)}H${xOf(first + index + 1, scale)}`);
      const back = known.map(({ low }, index) => `V${yOf(low, scale)}H${xOf(first + index, scale)}`);
      return `M${xOf(first, scale)} ${yOf(known[0]!.high, scale)}${there.join('')}${back.toReversed().join('')}Z`;
    })
    .join('');
}

/** Counts as a line with steps, broken where nothing was counted. */
export function stepPath(windows: Slots, scale: Scale): string {
  return stretches(windows.map((it) => it !== null))
    .map(([first, end]) => {
      const known = windows.slice(first, end).map((it) => yOf(it!.events, scale));
      const steps = known.map((y, index) => `${index === 0 ? '' : `V${y}`}H${xOf(first + index + 1, scale)}`);
      return `M${xOf(first, scale)} ${known[0]!}${steps.join('')}`;
    })
    .join('');
}

function xOf(index: number, { step }: Scale): number {
  return rounded(index * step, 2);
}

function yOf(events: number, { height, top }: Scale): number {
  return rounded(height - (events / top) * height, 2);
}
