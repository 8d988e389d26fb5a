import type { ReportIssue } from '../../../core/model/report.ts';
import type { FilterData, PageData } from '../data/model.ts';
import type { TrendingIssue } from '../findings/trending.ts';
import { trendingByTeam } from '../findings/trending.ts';
import { count, decimal, span } from '../format.ts';
import { html, type Html, type HtmlPart, link } from '../html.ts';
import { column, numbers, table, unseenCaption } from './table.ts';

/** On the overview: what trends, by team. */
export function trendingPart({ filters, current }: PageData): Html {
  const teams = trendingByTeam(filters);
  const when = current === null ? null : html` <small>${span(current)}</small>`;
  const none = current === null ? 'No window was counted yet.' : 'None in the last counted window.';
  return html`<section aria-labelledby="burning"><h2 id="burning">Trending issues${when}</h2>
    ${teams.size === 0 ? html`<p class="none">${none}</p>` : [...teams].map(teamTable)}</section>`;
}

function teamTable([team, issues]: readonly [string, readonly TrendingIssue[]]): Html {
  const name = team === '' ? 'No team' : html`Team <bdi>${team}</bdi>`;
  return issueTable(html`<caption>${name}</caption>`, 'Project, filter', issues.map(trendingRow));
}

function trendingRow({ issue, filters }: TrendingIssue): Html {
  const runbooks = [...new Set(filters.flatMap(({ runbook }) => runbook ?? []))];
  const names = filters.map(
    ({ name }, index) => html`${index === 0 ? null : ', '}<a href="/filters/${name}">${name}</a>`,
  );
  return issueRow(issue, {
    afterTitle: runbooks.map((runbook) => html` <span class="runbook">${link(runbook, 'runbook')}</span>`),
    afterProject: html` <small>${names}</small>`,
  });
}

/** On a filter's page: all that were kept of its last report. */
export function issuesPart({ report }: FilterData): Html {
  const issues = report?.issues ?? [];
  const when = report === null ? null : html` <small>${span(report.window)}, first what trends</small>`;
  const rows = issues.map((issue) => issueRow(issue));
  return html`<section aria-labelledby="issues"><h2 id="issues">Issues${when}</h2>
    ${
      rows.length === 0
        ? html`<p class="none">None ${report === null ? 'is known' : 'was kept'}.</p>`
        : issueTable(unseenCaption('Issues of the last counted window'), 'Project', rows)
    }</section>`;
}

function issueTable(caption: Html, project: string, rows: readonly Html[]): Html {
  return table({
    kind: 'issues',
    caption,
    columns: [
      numbers('Events'),
      numbers('Expected'),
      numbers('Score'),
      column('State'),
      column('Issue'),
      column(project),
      column('Assignee'),
    ],
    body: html`<tbody>${rows}</tbody>`,
  });
}

interface Additions {
  readonly afterTitle?: HtmlPart;
  readonly afterProject?: HtmlPart;
}

function issueRow(issue: ReportIssue, { afterTitle, afterProject }: Additions = {}): Html {
  const { issueId, events, expected, score, state, trending, project, details, url } = issue;
  const title = html`<bdi>${details?.title ?? details?.shortId ?? issueId}</bdi>`;
  return html`<tr data-issue="${issueId}"><td class="n count">${count(events)}</td>
    <td class="n" data-label="expected">${decimal(expected)}</td>
    <td class="n" data-label="score">${decimal(score)}</td>
    <td><span class="state ${trending ? state : 'ongoing'}">${state}</span></td>
    <th scope="row">${link(details?.url ?? url, title)}${afterTitle}</th>
    <td data-label="project"><bdi>${project}</bdi>${afterProject}</td>
    <td data-label="assignee"><bdi>${details?.assignee ?? 'nobody'}</bdi></td></tr>`;
}
