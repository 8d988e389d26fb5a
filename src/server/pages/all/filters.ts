import { sparkLegend } from '../chart/legend.ts';
import { notices } from '../components/past.ts';
import { originPart } from '../components/origin.ts';
import { searchPart, sortPart } from '../components/search.ts';
import { scalePart } from '../components/scale.ts';
import { whenControls, whenWords } from '../components/when.ts';
import { matching } from '../arrange/choose.ts';
import type { PageData } from '../data/model.ts';
import { findingsOf } from '../findings/findings.ts';
import { healthOf, titleOf } from '../findings/title.ts';
import { plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { allFilters } from '../parts/filters.ts';
import { atOnce, type Slow } from '../slices.ts';
import type { View } from '../view/view.ts';

const PATH = '/filters';

/** All filters in one table, whose rows may be made already. */
export function filtersPage(data: PageData, view: View, rows = atOnce(filtersRows(data, view))): string {
  const findings = findingsOf(data, view);
  const found = matching(data.filters, view.q);
  const shown = { path: PATH, view, data };
  return layout({
    title: titleOf(findings, 'Filters'),
    health: healthOf(findings),
    here: { page: 'filters' },
    path: PATH,
    view,
    data,
    main: html`<h1>Filters <small>${plural(data.filters.length, 'filter')}, ${whenWords(shown)}</small></h1>
      ${notices(PATH, view, data)}
      <div class="controls">${whenControls(shown)}
      ${searchPart(PATH, view, { found: found.length, all: data.filters.length })}
      ${sortPart(PATH, view)}</div>
      <div class="controls">${sparkLegend({ ...data, filters: found })}${scalePart(PATH, view)}</div>
      ${rows}
      ${originPart(data)}`,
  });
}

export function filtersRows(data: PageData, view: View): Slow<Html> {
  return allFilters({ path: PATH, view, data: { ...data, filters: matching(data.filters, view.q) } });
}
