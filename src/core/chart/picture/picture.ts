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
  const { chart, name, zone } = said;
  const blocks = drawnBlocks(chart, MOST_BARS);
  const ticks = countTicks(Math.max(...blocks.map(({ events }) => events ?? 0)));
  const step = Math.floor((PLACE.right - PLACE.left) / blocks.length);
  const grid = { left: PLACE.left, step, top: ticks.at(-1)! };
  const right = PLACE.left + step * blocks.length;
  const span = { start: Date.parse(chart.start), end: Date.parse(chart.end) };
  const size = `width="${PLACE.width}" height="${PLACE.height}" viewBox="0 0 ${PLACE.width} ${PLACE.height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}${attributes({ 'font-family': FONT })}>`,
    HATCH,
    rect(0, 0, PLACE.width, PLACE.height, { fill: INK.ground }),
    text(`${name}: events`, 40, 64, { fill: INK.text, 'font-size': 40, 'font-weight': 700 }),
    text(`${spanSaid(said)}; a bar is ${barSaid(chart.barMs * Math.ceil(chart.bars.length / blocks.length))}`, 40, 112, {
      fill: INK.soft,
      'font-size': 30,
    }),
    axes(countAxis(ticks, right)),
    barsOf(blocks, grid),
    axes(timeAxis(span, zone, right)),
    legendOf(blocks),
    '</svg>',
  ].join('');
}

function barSaid(ms: number): string {
  const minutes = ms / 60_000;
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}

const HATCH =
  '<defs><pattern id="hatch" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  `<rect x="0" y="0" width="4" height="14" fill="${INK.hatch}"/></pattern></defs>`;
