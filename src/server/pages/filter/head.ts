import { factList } from '../components/facts.ts';
import { tag } from '../components/tag.ts';
import { notice } from '../components/notice.ts';
import { sumOf } from '../data/detail.ts';
import type { FilterData } from '../data/model.ts';
import { count, decimal, plural } from '../format.ts';
import { html, type Html, type HtmlPart } from '../html.ts';

/** How it stands now, and whose it is. */
export function headPart(filter: FilterData): Html {
  const { team, configured, usual } = filter;
  const facts = factList([
    ['Now', nowOf(filter)],
    ['Usually', html`<b>${decimal(usual)}</b> <small class="how">the middle of the 12 windows before</small>`],
    ['Issues', issuesOf(filter)],
    ['Team', html`<bdi>${team ?? 'none'}</bdi>`],
  ]);
  const gone = notice('warn', 'No filters file of this server names it any more; this is what is remembered.');
  return html`${configured ? null : gone}
    ${facts}`;
}

function nowOf({ now }: FilterData): HtmlPart {
  if (now === null) return 'not counted';
  return html`<b>${count(now.events)}</b> <small>${now.complete ? '' : 'at least, '}in 5 min</small>`;
}

function issuesOf({ report }: FilterData): HtmlPart {
  if (report === null) return 'not known';
  const all = sumOf(report.totals.map(({ issues }) => issues));
  const trending = report.issues.filter((it) => it.trending).length;
  const more = trending === 0 ? null : html` ${tag('trend', plural(trending, 'trends', 'trend'))}`;
  return html`<b>${all === null ? '–' : count(all)}</b>${more}`;
}
