import type { DigestBar, DigestChart } from '../model/alerting/digest.ts';
import { HOUR_MS } from '../model/window.ts';

/** Some neighbouring bars together. */
export interface Block {
  /** Epoch ms. */
  readonly start: number;
  /** Null: nothing of it was counted. */
  readonly events: number | null;
  /** Its events are no lower bound. */
  readonly complete: boolean;
}

/** So many bars in one, from the first on. */
export function blocksOf({ bars }: DigestChart, size: number): readonly Block[] {
  const count = Math.ceil(bars.length / size);
  return Array.from({ length: count }, (_, index) => blockOf(bars.slice(index * size, (index + 1) * size)));
}

function blockOf(bars: readonly DigestBar[]): Block {
  const counted = bars.flatMap(({ events }) => events ?? []);
  return {
    start: Date.parse(bars[0]!.start),
    events: counted.length === 0 ? null : counted.reduce((sum, events) => sum + events, 0),
    complete: bars.every(({ complete, counted: isCounted, events }) => events !== null && complete && isCounted),
  };
}

/** Bars as they are drawn: never more than there is room for. */
export function drawnBlocks(chart: DigestChart, most: number): readonly Block[] {
  return blocksOf(chart, Math.ceil(chart.bars.length / most));
}

/** Blocks to be told in words: hours; of a week quarters of a day. */
export function toldBlocks(chart: DigestChart): readonly Block[] {
  const ms = chart.span === '7d' ? 6 * HOUR_MS : HOUR_MS;
  return blocksOf(chart, Math.max(1, Math.round(ms / chart.barMs)));
}
