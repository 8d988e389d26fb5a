import { drawnBlocks } from '../blocks.ts';
import { countTicks } from '../count-axis.ts';
import { type ChartSaid, spanSaid } from '../words.ts';
import { axes, countAxis, timeAxis } from './axes.ts';
import { barsOf } from './bars.ts';
import { legendOf } from './legend.ts';
import { attributes, FONT, INK, MOST_BARS, PLACE, rect, text } from './place.ts';

/** What a picture is, for who lays it out, pixels; shown at half of that it is sharp on every screen. */
export const PICTURE = { width: PLACE.width, height: PLACE.height } as const;

/** A chart as SVG: the same for the same chart, and nothing in it has to be loaded. */
export function pictureOf(said: ChartSaid): string {
  const { chart, zone } = said;
  const blocks = drawnBlocks(chart, MOST_BARS);
  const ticks = countTicks(Math.max(...blocks.map(({ events }) => events ?? 0)));
  const step = Math.floor((PLACE.right - PLACE.left) / blocks.length);
  const right = PLACE.left + step * blocks.length;
  const span = { start: Date.parse(chart.start), end: Date.parse(chart.end) };
  const size = `width="${PLACE.width}" height="${PLACE.height}" viewBox="0 0 ${PLACE.width} ${PLACE.height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}${attributes({ 'font-family': FONT })}>`,
    HATCH,
    rect([0, 0, PLACE.width, PLACE.height], { fill: INK.ground }),
    titles(said, Math.ceil(chart.bars.length / blocks.length)),
    axes(countAxis(ticks, right)),
    barsOf(blocks, { left: PLACE.left, step, top: ticks.at(-1)! }),
    axes(timeAxis(span, zone, right)),
    legendOf(blocks),
    '</svg>',
  ].join('');
}

/** `joined`: bars of the chart in one that is drawn. */
function titles(said: ChartSaid, joined: number): string {
  const title = `${said.name}: events by ${barSaid(said.chart.barMs * joined)}`;
  const when = spanSaid(said);
  const bold = { fill: INK.text, 'font-size': sizeOf(title, 44), 'font-weight': 700 };
  const soft = { fill: INK.soft, 'font-size': sizeOf(when, 35) };
  return text(title, PLACE.edge, 66, bold) + text(when, PLACE.edge, 118, soft);
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

const HATCH =
  '<defs><pattern id="hatch" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  `<rect x="0" y="0" width="4" height="14" fill="${INK.hatch}"/></pattern></defs>`;
