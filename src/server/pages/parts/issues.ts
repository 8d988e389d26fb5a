import type { ReportIssue } from '../../../core/model/report.ts';
import { EVENTS } from '../../../core/ports/events/intake.ts';
import { issueKey } from '../../../core/model/ticketing/ticket.ts';
import { ticketAct, ticketLinks } from '../tickets/words.ts';
import { addressOf, issueAddress, keptOf } from '../view/address.ts';
import type { View } from '../view/view.ts';
import { empty } from '../components/notice.ts';
import { tag } from '../components/tag.ts';
import { TWO_LINES, twoLines } from '../components/text.ts';
import type { PageData } from '../data/model.ts';
import { isSilent } from '../findings/coverage.ts';
import { byScore, issuesByTeam, nameOf, type SeenIssue, trendingByTeam } from '../arrange/issues.ts';
import { count, decimal, plural, span } from '../format.ts';
import { html, type Html, type HtmlPart, link } from '../html.ts';
import { column, numbers, table, unseenCaption } from './table.ts';

/** Rows of issues on the overview, and on the page of all of them. */
const MOST = { overview: 20, all: 300 };

/** On the overview: what trends, by team. */
export function trendingPart({ filters, current, now }: PageData, view: View): Html {
  const teams = trendingByTeam(filters);
  const shown = firstOf(teams, MOST.overview);
  const left = sizeOf(teams) - sizeOf(shown);
  const when = current === null ? null : html` <small>${span(current, now)} UTC</small>`;
  const more = html`<p class="more">${plural(left, 'more issue trends', 'more issues trend')}:
    <a href="${addressOf('/issues', keptOf(view))}">all issues</a></p>`;
  return html`<section aria-labelledby="trending"><h2 id="trending">Trending issues${when}</h2>
    ${teams.size === 0 ? empty(noneWords(filters)) : teamTable(shown, TRENDING, view)}
    ${left > 0 ? more : null}</section>`;
}

const TRENDING = 'Issues that trend in the last counted window, by team';

function noneWords(filters: PageData['filters']): string {
  if (filters.every(({ report }) => report === null)) return 'Not known: no filter was counted in this window.';
  if (filters.some(({ report }) => isSilent(report))) return 'Not known: Sentry is silent.';
  return 'None in what was counted of this window.';
}

/** All issues that the reports of the last counted window list, by team. */
export function allIssues(data: PageData, view: View): Html {
  const { filters, current } = data;
  const teams = issuesByTeam(filters, () => true);
  const shown = firstOf(teams, MOST.all);
  const left = sizeOf(teams) - sizeOf(shown);
  if (filters.length === 0 && view.q !== undefined) return empty('No filter matches.');
  if (current === null)
    return empty(view.at === undefined ? 'No window was counted yet.' : 'No window is known that was counted by then.');
  if (teams.size === 0) return empty('No report of this window lists an issue.');
  const after: After = (issue) => ticketPart(issue, data);
  return html`${teamTable(shown, 'Issues of the last counted window, by team', view, after)}
    ${
      left > 0
        ? html`<p class="more">${plural(left, 'more issue is', 'more issues are')} not shown, those with the lowest
            scores. Search for a filter, team or project to see its own.</p>`
        : null
    }`;
}

type Teams = ReadonlyMap<string, readonly SeenIssue[]>;

function sizeOf(teams: Teams): number {
  return [...teams.values()].reduce((sum, { length }) => sum + length, 0);
}

/** So many at most, those first that are first over all teams. */
function firstOf(teams: Teams, most: number): Teams {
  const kept = new Set([...teams.values()].flat().toSorted(byScore).slice(0, most));
  const rest = [...teams].map(([team, issues]) => [team, issues.filter((it) => kept.has(it))] as const);
  return new Map(rest.filter(([, issues]) => issues.length > 0));
}

/** Its tickets, and for who may act a way to have one; nothing where there are none. */
function ticketPart(issue: ReportIssue, { chosen, hasActions }: PageData): Html | null {
  if (chosen?.tickets == null) return null;
  const { project, issueId } = issue;
  const tickets = chosen.tickets[issueKey({ project, id: issueId })] ?? [];
  const act = hasActions ? html` <span class="act">${ticketAct(issueId, project, tickets)}</span>` : null;
  return html` ${ticketLinks(tickets)}${act}`;
}

type After = (issue: ReportIssue) => Html | null;

function teamTable(teams: Teams, caption: string, view: View, after: After = () => null): Html {
  const isLone = teams.size === 1 && teams.has('');
  const bodies = [...teams].map(([team, issues]) => {
    const name = team === '' ? 'No team' : html`<bdi>${team}</bdi>`;
    const heading = html`<tr class="team"><th scope="rowgroup" colspan="8">${name}
      <small>${plural(issues.length, 'issue')}</small></th></tr>`;
    return html`<tbody>${isLone ? null : heading}${issues.map((it) => seenRow(it, view, after))}</tbody>`;
  });
  return issueTable(unseenCaption(caption), 'Project, filter', bodies);
}

function seenRow({ issue, filters }: SeenIssue, view: View, after: After): Html {
  const runbooks = [...new Set(filters.flatMap(({ runbook }) => runbook ?? []))];
  const names = filters.map(
    ({ name }, index) =>
      html`${index === 0 ? null : ', '}<a href="${addressOf(`/filters/${name}`, keptOf(view))}">${name}</a>`,
  );
  return issueRow(issue, {
    isWhole: false,
    page: filters.some(({ report }) => isOfIntake(report)) ? pageOf(issue, view) : null,
    afterTitle: [...runbooks.map((it) => html` <span class="runbook">${link(it, 'runbook')}</span>`), after(issue)],
    afterProject: html` <small>${names}</small>`,
  });
}

export function issueTable(caption: Html, project: string, body: HtmlPart): Html {
  return html`${table({
    kind: 'issues',
    caption,
    columns: [
      column('Issue'),
      column(project),
      column('State'),
      numbers('Events', 'in 5 min'),
      numbers('Expected', 'in 5 min'),
      numbers('Score'),
      numbers('Users', 'in 5 min'),
      column('Assignee'),
    ],
    body,
  })}
    ${EXPLAINED}`;
}

/** What two of the columns mean. */
const EXPLAINED = html`<p class="note">Expected: the events that the issue’s own past lets one expect in five minutes,
  from the hour before and the same time a day and a week ago. Score: how far the count lies above that, in standard
  deviations; a known issue trends from a score of 4 on, with at least twice the expected events.</p>`;

/** Of its own, for an issue that an intake brought. */
export function pageOf({ issueId, project }: ReportIssue, view: View): string {
  return issueAddress(issueId, { ...keptOf(view), project });
}

export function isOfIntake(report: { readonly source: string } | null): boolean {
  return report?.source === EVENTS;
}

interface Additions {
  /** Where it has a page of its own, instead of one of the vendor's; null: nowhere. */
  readonly page: string | null;
  /** The title stands there whole; else it is cut to two lines. */
  readonly isWhole: boolean;
  readonly afterTitle?: HtmlPart;
  readonly afterProject?: HtmlPart;
}

export function issueRow(issue: ReportIssue, { isWhole, page, afterTitle, afterProject }: Additions): Html {
  const { issueId, events, users, expected, score, state, trending, project, details, url } = issue;
  const title = titlePart(nameOf(issue), isWhole);
  const linked = page === null ? link(details?.url ?? url, title) : html`<a href="${page}">${title}</a>`;
  return html`<tr data-issue="${issueId}"><th scope="row">${linked}${afterTitle}</th>
    <td class="where" data-label="project"><bdi>${project}</bdi>${afterProject}</td>
    <td>${tag(trending ? 'trend' : 'idle', state)}</td>
    <td class="n count" data-label="events">${count(events)}</td>
    <td class="n" data-label="expected">${decimal(expected)}</td>
    <td class="n" data-label="score">${decimal(score)}</td>
    <td class="n" data-label="users">${users === null ? '–' : count(users)}</td>
    <td data-label="assignee"><bdi>${details?.assignee ?? 'nobody'}</bdi></td></tr>`;
}

/** NOTE: what overflows can be scrolled by keyboard only when it can have the focus. */
function titlePart(text: string, isWhole: boolean): Html {
  if (!isWhole) return twoLines(text);
  if (text.length <= TWO_LINES) return html`<bdi>${text}</bdi>`;
  return html`<bdi class="whole" tabindex="0" role="group" aria-label="The whole title">${text}</bdi>`;
}
