import { firingPart } from '../alerts/firing.ts';
import { sparkLegend } from '../chart/legend.ts';
import { notices } from '../components/past.ts';
import { originPart } from '../components/origin.ts';
import { searchPart, sortPart } from '../components/search.ts';
import { verdicts } from '../components/verdicts.ts';
import { scalePart } from '../components/scale.ts';
import { whenControls, whenWords } from '../components/when.ts';
import type { PageData } from '../data/model.ts';
import { matching } from '../arrange/choose.ts';
import { findingsOf } from '../findings/findings.ts';
import { healthOf, titleOf } from '../findings/title.ts';
import { plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { firstFilters } from '../parts/filters.ts';
import { trendingPart } from '../parts/issues.ts';
import { atOnce, type Slow } from '../slices.ts';
import type { View } from '../view/view.ts';

/** The overview: is it running, is it right, what trends; then filters (`rows`), first those to look at. */
export function homePage(data: PageData, view: View, rows = atOnce(homeRows(data, view))): string {
  const findings = findingsOf(data, view);
  return layout({
    title: titleOf(findings),
    health: healthOf(findings),
    here: { page: 'overview' },
    path: '/',
    view,
    data,
    main: html`<h1 class="unseen">Overview</h1>
      ${notices('/', view, data)}
      ${firingPart(data)}
      ${verdicts(findings)}
      ${trendingPart(data, view)}
      ${filtersSection(data, view, rows)}
      ${originPart(data)}`,
  });
}

export function homeRows(data: PageData, view: View): Slow<Html> {
  return firstFilters({ path: '/', view, data: { ...data, filters: matching(data.filters, view.q) } });
}

function filtersSection(data: PageData, view: View, rows: Html): Html {
  const found = matching(data.filters, view.q);
  const shown = { path: '/', view, data };
  return html`<section aria-labelledby="filters">
    <h2 id="filters">Filters <small>${plural(data.filters.length, 'filter')}, ${whenWords(shown)}</small></h2>
    <div class="controls">${whenControls(shown)}
    ${searchPart('/', view, { found: found.length, all: data.filters.length })}
    ${sortPart('/', view)}</div>
    <div class="controls">${sparkLegend({ ...data, filters: found })}${scalePart('/', view)}</div>
    ${rows}
    </section>`;
}
