import { notices } from '../components/past.ts';
import { originPart } from '../components/origin.ts';
import { searchPart } from '../components/search.ts';
import { matching } from '../arrange/choose.ts';
import type { PageData } from '../data/model.ts';
import { findingsOf } from '../findings/findings.ts';
import { healthOf, titleOf } from '../findings/title.ts';
import { span } from '../format.ts';
import { html } from '../html.ts';
import { tabs } from '../issues/tabs.ts';
import { layout } from '../layout.ts';
import { allIssues } from '../parts/issues.ts';
import { hiddenWords } from '../components/hidden.ts';
import { ticketChoice } from '../tickets/words.ts';
import type { View } from '../view/view.ts';

const PATH = '/issues';

/** All issues of the last counted window, by team. */
export function issuesPage(data: PageData, view: View): string {
  const findings = findingsOf(data, view);
  const found = matching(data.filters, view.q);
  const { chosen } = data;
  const tickets = chosen?.tickets == null ? null : ticketChoice(view);
  const when = data.current === null ? null : html` <small>${span(data.current, data.now)} UTC</small>`;
  return layout({
    title: titleOf(findings, 'Issues'),
    health: healthOf(findings),
    here: { page: 'issues' },
    path: PATH,
    view,
    data,
    main: html`<h1>Issues${when}</h1>
      ${view.of === undefined ? null : tabs(view, 'window')}
      ${notices(PATH, view, data)}
      <div class="controls">${searchPart(PATH, view, { found: found.length, all: data.filters.length, tickets })}
      ${chosen === undefined ? null : html`<p>${hiddenWords(PATH, chosen.hidden, view)}</p>`}</div>
      ${allIssues({ ...data, filters: found }, view)}
      ${originPart(data)}`,
  });
}
