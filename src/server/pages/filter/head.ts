import { tag } from '../components/tag.ts';
import { notice } from '../components/notice.ts';
import type { FilterData, PageData } from '../data/model.ts';
import { count, decimal, plural, span } from '../format.ts';
import { html, type Html, type HtmlPart, link } from '../html.ts';

/** How it stands now, whose it is, and where to go on. */
export function headPart(filter: FilterData, { current, now }: PageData): Html {
  const { team, runbook, configured, usual, report } = filter;
  const facts: readonly (readonly [string, HtmlPart])[] = [
    ['Now', nowOf(filter)],
    ['Usually', html`<b>${decimal(usual)}</b> <small>the middle of the 12 windows before</small>`],
    ['Issues', issuesOf(filter)],
    ['Team', html`<bdi>${team ?? 'none'}</bdi>`],
  ];
  const links = [
    report?.url == null || current === null
      ? null
      : html`<li>${link(report.url, html`The same search in Sentry, ${span(current, now)} UTC`)}</li>`,
    runbook === null ? null : html`<li>${link(runbook, 'Runbook')}</li>`,
  ];
  const gone = notice('warn', 'No filters file of this server names it any more; this is what is remembered.');
  return html`${configured ? null : gone}
    <dl class="facts">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
    <ul class="links">${links}</ul>`;
}

function nowOf({ now }: FilterData): HtmlPart {
  if (now === null) return 'not counted';
  return html`<b>${count(now.events)}</b> <small>${now.complete ? '' : 'at least, '}in 5 min</small>`;
}

function issuesOf({ report }: FilterData): HtmlPart {
  if (report === null) return 'not known';
  const counts = report.totals.map(({ issues }) => issues);
  const all = counts.reduce<number | null>((sum, it) => (sum === null || it === null ? null : sum + it), 0);
  const trending = report.issues.filter((it) => it.trending).length;
  const more = trending === 0 ? null : html` ${tag('trend', plural(trending, 'trends', 'trend'))}`;
  return html`<b>${all === null ? '–' : count(all)}</b>${more}`;
}
