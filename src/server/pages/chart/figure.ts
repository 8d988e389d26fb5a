import type { FilterData, PageData } from '../data/model.ts';
import { html, type Html, link } from '../html.ts';
import { chart } from './chart.ts';
import { chartLegend } from './legend.ts';
import { markList, numbered } from './marks.ts';
import { type ChartSeries, spanOf, stretchOf } from './series.ts';
import { usualOf } from './usual.ts';
import { askedOf, describe, wordsOf } from './words.ts';

/** A chart of what has counts, with what it says of its newest slot; a script lets people ask for the others. */
export function chartFigure(
  filter: Pick<FilterData, 'name' | 'windows' | 'before' | 'searchUrl'>,
  data: Pick<PageData, 'span' | 'step' | 'marks' | 'now'>,
): Html {
  const { windows, before, searchUrl, name } = filter;
  const { span, step, marks, now } = data;
  const series: ChartSeries = { windows, before, from: span.start, step, marks, searchUrl };
  const label = `${name}, ${describe(windows, span.start, step, now)}`;
  return html`
    <figure class="chart-figure" id="chart" aria-label="${label}" data-from="${span.start}" data-step="${step}">
    ${newest(series)}
    <div class="plot">${chart(series)}</div></figure>
    ${markList(numbered(marks, spanOf(series)), now)}
    ${chartLegend(series)}`;
}

/** The newest slot that was counted, in words. */
function newest(series: ChartSeries): Html {
  const { windows, before, searchUrl, marks } = series;
  const last = windows.findLastIndex((it) => it !== null);
  const index = Math.max(0, last);
  const [when, ...others] = wordsOf(askedOf(series, usualOf(windows, before), index));
  const lines = others.map((line) => html` <span>${line}</span>`);
  const url = searchUrl(stretchOf(series, index));
  const name = marks.length === 0 ? 'slot-said' : 'slot-said marks-said';
  return html`<p class="${name}" data-slot="${index}"><b>${when}</b>${lines}
    ${url === null ? null : link(url, 'Open in Sentry')}</p>`;
}
