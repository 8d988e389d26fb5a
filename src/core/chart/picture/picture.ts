import { drawnBlocks } from '../blocks.ts';
import { countTicks } from '../count-axis.ts';
import type { ChartSaid } from '../said.ts';
import { spanSaid } from '../words.ts';
import { countAxis, timeAxis } from './axes.ts';
import { barsOf } from './bars.ts';
import { legendOf } from './legend.ts';
import type { Drawing, Shape } from './drawing.ts';
import { INK, MOST_BARS, PLACE } from './place.ts';

/** What a picture is, for who lays it out, pixels; shown at half of that it is sharp on every screen. */
export const PICTURE = { width: PLACE.width, height: PLACE.height } as const;

/** A chart as it is drawn: the same for the same chart. */
export function pictureOf(said: ChartSaid): Drawing {
  const { chart, zone } = said;
  const blocks = drawnBlocks(chart, MOST_BARS);
  const ticks = countTicks(Math.max(...blocks.map(({ events }) => events ?? 0)));
  const step = Math.floor((PLACE.right - PLACE.left) / blocks.length);
  const right = PLACE.left + step * blocks.length;
  const span = { start: Date.parse(chart.start), end: Date.parse(chart.end) };
  const shapes = [
    ...titles(said, Math.ceil(chart.bars.length / blocks.length)),
    ...countAxis(ticks, right),
    ...barsOf(blocks, { left: PLACE.left, step, top: ticks.at(-1)! }),
    ...timeAxis(span, zone, right),
    ...legendOf(blocks),
  ];
  return { ...PICTURE, shapes };
}

/** `joined`: bars of the chart in one that is drawn. */
function titles(said: ChartSaid, joined: number): readonly Shape[] {
  const title = `${said.name}: events by ${barSaid(said.chart.barMs * joined)}`;
  const when = spanSaid(said);
  return [
    { text: title, x: PLACE.edge, y: 66, look: { fill: INK.text, size: sizeOf(title, 44), bold: true } },
    { text: when, x: PLACE.edge, y: 118, look: { fill: INK.soft, size: sizeOf(when, 35) } },
  ];
}

function barSaid(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 60) return `${minutes} minutes`;
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
}

/** How wide a letter is on average, as part of its size. */
const WIDEST = 0.6;

/** Of letters, so that all of a long name is there. */
function sizeOf(said: string, usual: number): number {
  return Math.min(usual, Math.floor((PLACE.width - 2 * PLACE.edge) / (said.length * WIDEST)));
}
