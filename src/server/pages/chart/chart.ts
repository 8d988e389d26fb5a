import { brief } from '../../../core/chart/count-axis.ts';
import { html, Html } from '../html.ts';
import { rounded } from './bars.ts';
import { countsLayer } from './counts-layer.ts';
import { FONT, INK, PLACE, type Plot, plotOf } from './plot.ts';
import type { ChartSeries } from './series.ts';
import { backLayer, frontLayer, timeAxis } from './time-layer.ts';

/** Units of a slot where the page stretches the drawing. */
const STEP = 5;

/** In a page: as wide as its room, every slot with its words and its link. The axis of counts lies left of it. */
export function chart(series: ChartSeries): Html {
  const plot = plotOf(series, STEP);
  return html`<svg class="drawn ${roomOf(plot)}" width="100%" height="${PLACE.whole}" overflow="visible"
    aria-hidden="true" focusable="false">${layers(plot)}</svg>`;
}

/** Room for the texts of the axis of counts: a sheet gives it by the class. */
function roomOf({ ticks }: Plot): 'narrow' | 'middle' | 'broad' {
  const longest = Math.max(...ticks.map((tick) => brief(tick).length));
  if (longest <= 3) return 'narrow';
  return longest <= 5 ? 'middle' : 'broad';
}

function layers(plot: Plot): Html {
  return html`${countAxis(plot)}${backLayer(plot)}${countsLayer(plot)}${frontLayer(plot)}${timeAxis(plot)}`;
}

/** Counts at the left, with lines over the whole width. */
function countAxis({ ticks, scale }: Plot): Html {
  const lines = ticks.map((tick) => {
    const y = rounded(PLACE.axis - (tick / scale.top) * PLACE.height, 2);
    const line = `<line stroke="${tick === 0 ? INK.axis : INK.line}" x1="0" x2="100%" y1="${y}" y2="${y}"/>`;
    return new Html(`<g>${line}<text x="-8" y="${y + 4}" text-anchor="end">${brief(tick)}</text></g>`);
  });
  return html`<g ${new Html(`class="counts-axis" fill="${INK.text}" ${FONT}`)}>${lines}</g>`;
}
