import { legend } from '../components/legend.ts';
import { viewFaults } from '../components/notice.ts';
import { originPart } from '../components/origin.ts';
import { searchPart, sortPart } from '../components/search.ts';
import { verdicts } from '../components/verdicts.ts';
import { whenPart } from '../components/when.ts';
import type { PageData } from '../data/model.ts';
import { matching } from '../arrange/choose.ts';
import { findingsOf } from '../findings/findings.ts';
import { healthOf, titleOf } from '../findings/title.ts';
import { plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { firstFilters } from '../parts/filters.ts';
import { trendingPart } from '../parts/issues.ts';
import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** The overview: is it running, is it right, what trends; then the filters, first those to look at. */
export function homePage(data: PageData, view: View): string {
  const findings = findingsOf(data, view);
  return layout({
    title: titleOf(findings),
    health: healthOf(findings),
    here: { page: 'overview' },
    address: addressOf('/', view),
    data,
    main: html`<h1 class="unseen">Overview</h1>
      ${viewFaults(data.faults)}
      ${verdicts(findings)}
      ${trendingPart(data)}
      ${filtersSection(data, view)}
      ${originPart(data)}`,
  });
}

function filtersSection(data: PageData, view: View): Html {
  const found = matching(data.filters, view.q);
  return html`<section aria-labelledby="filters">
    <h2 id="filters">Filters <small>${plural(data.filters.length, 'filter')}</small></h2>
    ${whenPart({ path: '/', view, data })}
    <div class="controls">${searchPart('/', view, { found: found.length, all: data.filters.length })}
    ${sortPart('/', view)}</div>
    ${legend()}
    ${firstFilters({ path: '/', view, data: { ...data, filters: found } })}
    </section>`;
}
