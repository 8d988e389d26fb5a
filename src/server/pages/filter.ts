import type { FilterData, FilterDetail, PageData } from './data/model.ts';
import type { WindowDetail } from './data/windows.ts';
import { findingsOf } from './findings/findings.ts';
import { count, decimal, span } from './format.ts';
import { html, type Html, type HtmlPart, link } from './html.ts';
import { originPart } from './components/origin.ts';
import { sign } from './components/sign.ts';
import { verdicts } from './components/verdicts.ts';
import { layout } from './layout.ts';
import { chartFigure } from './chart/figure.ts';
import { issuesPart } from './parts/issues.ts';
import { windowsPart } from './parts/windows.ts';
import type { View } from './view/view.ts';

export interface FilterPage {
  readonly data: PageData;
  readonly filter: FilterData;
  readonly detail: FilterDetail;
  /** Windows of the span, by start, epoch ms. */
  readonly details: ReadonlyMap<number, WindowDetail>;
  readonly view: View;
}

/** One filter: what it asks, its counts, its issues, what became of each report. */
export function filterPage({ data, filter, details, view }: FilterPage): string {
  const { name } = filter;
  return layout({
    title: `${name} – sentry-monitor`,
    data,
    main: html`<p class="crumbs"><a href="/filters">Filters</a></p>
      <h1>${name}</h1>
      ${headOf(filter, data)}
      ${verdicts(findingsOf({ ...data, filters: [filter] }, view))}
      <section aria-labelledby="day"><h2 id="day">Events in five minutes, 24 hours</h2>
      ${chartFigure(filter, data)}</section>
      ${issuesPart(filter)}
      ${windowsPart(filter, data, details)}
      ${originPart(data)}`,
  });
}

function headOf({ team, projects, runbook, configured, now, usual, report }: FilterData, { current }: PageData): Html {
  const facts: [string, HtmlPart][] = [
    ['Now', now === null ? 'not counted' : html`<b>${count(now.events)}</b>${now.complete ? null : ' at least'}`],
    ['Usual', html`<b>${decimal(usual)}</b> <small>the middle of the hour before</small>`],
    ['Team', html`<bdi>${team ?? '–'}</bdi>`],
    ['Projects', html`<bdi>${projects.join(', ')}</bdi>`],
  ];
  const links = [
    report?.url == null || current === null
      ? null
      : html`<li>${link(report.url, html`The same search in Sentry, ${span(current)}`)}</li>`,
    runbook === null ? null : html`<li>${link(runbook, 'Runbook')}</li>`,
  ];
  const gone = html`<p class="note">${sign('warn')} No filters file of this server names it any more;
    this is what is remembered.</p>`;
  return html`${configured ? null : gone}
    <dl class="facts">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
    <ul class="links">${links}</ul>`;
}
