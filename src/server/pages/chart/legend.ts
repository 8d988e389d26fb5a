import { legend, legendKey } from '../components/legend.ts';
import type { PageData } from '../data/model.ts';
import { html, type Html } from '../html.ts';
import type { ChartSeries } from './series.ts';

const TOLD = html`<path class="told" d="M1 16v-9h3v9M5 16v-14h3v14M9 16v-6h3v6"/>`;
const USUAL = html`<path class="usual" d="M0 5h12v7h-12z"/>`;
const BEFORE = html`<path class="before" d="M0 11h4v-6h4v3h4"/>`;

/** How to read a filter's chart: of what it has not, no word. */
export function chartLegend({ windows, before }: Pick<ChartSeries, 'windows' | 'before'>): Html {
  return legend([
    toldKey([{ windows }]),
    legendKey(USUAL, 'usual: the middle half of the 12 before'),
    before.length === 0 ? null : legendKey(BEFORE, 'the period before'),
  ]);
}

/** How to read the small charts of a table. */
export function sparkLegend({ filters, origin }: Pick<PageData, 'filters' | 'origin'>): Html {
  return legend([origin.hasSeries ? toldKey(filters) : null]);
}

function toldKey(charts: readonly Pick<ChartSeries, 'windows'>[]): Html | null {
  const isTold = charts.some(({ windows }) => windows.some((it) => it?.from === 'source'));
  return isTold ? legendKey(TOLD, 'told by Sentry, not counted here') : null;
}
