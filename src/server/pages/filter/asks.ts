import { type Filter, whereIs } from '../../../core/model/filter.ts';
import type { FilterData, FilterDetail, PageData } from '../data/model.ts';
import { span } from '../format.ts';
import { html, type Html, type HtmlPart, link } from '../html.ts';

/** What the filter counts: in words, and as Sentry is asked; and where to go on. */
export function asksPart(filter: FilterData, detail: FilterDetail, data: PageData): Html | null {
  const said = saidPart(filter, detail);
  const links = linksOf(filter, data);
  if (said === null && links.length === 0) return null;
  return html`<section aria-labelledby="asks"><h2 id="asks">What it counts</h2>
    ${said}
    <ul class="links">${links}</ul></section>`;
}

function saidPart({ projects }: FilterData, { asks, query }: FilterDetail): Html | null {
  if (asks === null && projects.length === 0) return null;
  const said = asks === null ? html`Events of ${names(projects, 'and')}.` : inWords(asks);
  const place = asks?.place === undefined ? null : html`<p class="note">It stands in <bdi>${whereIs(asks)}</bdi>.</p>`;
  return html`<p class="asks">${said}</p>
    ${query === null ? place : folded(query, place)}`;
}

function linksOf({ report, runbook }: FilterData, { current, now }: PageData): readonly Html[] {
  return [
    report?.url == null || current === null
      ? []
      : [html`<li>${link(report.url, html`The same search in Sentry, ${span(current, now)} UTC`)}</li>`],
    runbook === null ? [] : [html`<li>${link(runbook, 'Runbook')}</li>`],
  ].flat();
}

function folded(query: string, place: Html | null): Html {
  const asked = queryOf(query);
  return html`<details id="query"><summary>As Sentry’s query</summary>${asked}${place}</details>`;
}

function queryOf(query: string): Html {
  if (query === '') return html`<p>Empty: every event of these projects.</p>`;
  return html`<p><code><bdi>${query}</bdi></code></p>`;
}

/** One sentence. */
export function inWords(filter: Filter): Html {
  const { projects, environments, levels, searchTerms, exclude, query, tags } = filter;
  const parts = [
    html`Events of ${names(projects, 'and')}`,
    environments.length === 0 ? html` in all environments` : html` in ${names(environments, 'and')}`,
    levels.length === 0 ? null : html`, of level ${names(levels, 'or')}`,
    searchTerms.length === 0 ? null : html`, whose message has ${texts(searchTerms, 'or')}`,
    exclude.length === 0 ? null : html`, but not those with ${texts(exclude, 'or')}`,
    query === undefined ? null : html`, that match <code><bdi>${query}</bdi></code>`,
    tags.length === 0 ? null : html`; split by ${names(tags, 'and')}`,
  ];
  return html`${parts}.`;
}

function names(all: readonly string[], last: string): HtmlPart {
  return listed(
    all.map((it) => html`<b><bdi>${it}</bdi></b>`),
    last,
  );
}

function texts(all: readonly string[], last: string): HtmlPart {
  return listed(
    all.map((it) => html`“<bdi>${it}</bdi>”`),
    last,
  );
}

/** a; a and b; a, b and c */
function listed(all: readonly Html[], last: string): HtmlPart {
  return all.map((it, index) => {
    if (index === 0) return it;
    return index === all.length - 1 ? html` ${last} ${it}` : html`, ${it}`;
  });
}
