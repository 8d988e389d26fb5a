import { reasonFor } from '../../core/model/make-report.ts';
import { isSurge } from '../../core/model/trends.ts';
import type { FilterSeen, Seen } from './data/model.ts';
import { count, decimal, lasting, plural, some, span, time } from './format.ts';
import { html, type Html, link } from './html.ts';
import { type Burning, burningByTeam, isSilent, judge, missingIn, sinkOf } from './judge.ts';
import { legend, originOf, sheet, sign, verdicts } from './layout.ts';
import { describe, spark } from './spark.ts';

/** The overview: is it running, is it right, what is burning. */
export function homePage(seen: Seen): string {
  const said = judge(seen);
  const worst = said.find(({ mood }) => mood === 'bad') ?? said.find(({ mood }) => mood === 'warn');
  return sheet({
    title: `${worst === undefined ? 'All calm' : worst.head} – sentry-monitor`,
    seen,
    main: html`<h1 class="unseen">Overview</h1>
      ${verdicts(said)} ${burningPart(seen)} ${filtersPart(seen)} ${sinksPart(seen)} ${runsPart(seen)} ${originOf(seen)}`,
  });
}

function burningPart({ filters, current }: Seen): Html {
  const teams = burningByTeam(filters);
  const when = current === null ? null : html` <small>${span(current)}</small>`;
  if (teams.size === 0)
    return html`<section aria-labelledby="burning">
      <h2 id="burning">Trending issues${when}</h2>
      <p class="none">${current === null ? 'No window was counted yet.' : 'None in the last counted window.'}</p>
    </section>`;
  return html`<section aria-labelledby="burning">
    <h2 id="burning">Trending issues${when}</h2>
    ${[...teams].map(
      ([team, issues]) =>
        html`<table class="issues">
          <caption>
            ${team === '' ? 'No team' : html`Team <bdi>${team}</bdi>`}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="n">Events</th>
              <th scope="col" class="n">Expected</th>
              <th scope="col" class="n">Score</th>
              <th scope="col">State</th>
              <th scope="col">Issue</th>
              <th scope="col">Project, filter</th>
              <th scope="col">Assignee</th>
            </tr>
          </thead>
          <tbody>
            ${issues.map(issueRow)}
          </tbody>
        </table>`,
    )}
  </section>`;
}

function issueRow({ issue, filters }: Burning): Html {
  const { events, expected, score, state, project, details, url } = issue;
  const runbooks = [...new Set(filters.flatMap(({ runbook }) => runbook ?? []))];
  return html`<tr data-issue="${issue.issueId}">
    <td class="n count">${count(events)}</td>
    <td class="n" data-label="expected">${decimal(expected)}</td>
    <td class="n" data-label="score">${decimal(score)}</td>
    <td><span class="state ${state}">${state}</span></td>
    <th scope="row">
      ${link(details?.url ?? url, html`<bdi>${details?.title ?? details?.shortId ?? issue.issueId}</bdi>`)}${runbooks.map((runbook) => html` <span class="runbook">${link(runbook, 'runbook')}</span>`)}
    </th>
    <td data-label="project">
      <bdi>${project}</bdi>
      <small
        >${filters.map(({ name }, index) => html`${index === 0 ? null : ', '}<a href="/filters/${name}">${name}</a>`)}</small
      >
    </td>
    <td data-label="assignee"><bdi>${details?.assignee ?? 'nobody'}</bdi></td>
  </tr>`;
}

function filtersPart(seen: Seen): Html {
  const teams = [...new Set(seen.filters.map(({ team }) => team ?? ''))].sort();
  const hours = (seen.span.end - seen.span.start) / 3_600_000;
  return html`<section aria-labelledby="filters">
    <h2 id="filters">Filters <small>${plural(seen.filters.length, 'filter')}, events in five minutes</small></h2>
    ${legend()}
    <table class="filters">
      <caption class="unseen">
        Filters: events in the last counted window, the usual count, and the last ${hours} hours
      </caption>
      <thead>
        <tr>
          <th scope="col">Filter</th>
          <th scope="col" class="n">Now</th>
          <th scope="col" class="n" title="The middle of the counts of the hour before">
            Usual<span class="unseen"> (the middle of the hour before)</span>
          </th>
          <th scope="col">Last ${hours} hours</th>
          <th scope="col" class="n">Peak</th>
          <th scope="col">Marks</th>
        </tr>
      </thead>
      ${teams.map(
        (team) =>
          html`<tbody>
            ${
              teams.length === 1 && team === ''
                ? null
                : html`<tr class="team">
                    <th scope="rowgroup" colspan="6">${team === '' ? 'No team' : html`<bdi>${team}</bdi>`}</th>
                  </tr>`
            }
            ${seen.filters.filter((it) => (it.team ?? '') === team).map((it) => filterRow(it, seen))}
          </tbody>`,
      )}
    </table>
    <p class="note">
      Usual: the middle of the counts of the hour before. Each chart has its own scale, up to its peak.
    </p>
  </section>`;
}

function filterRow(filter: FilterSeen, seen: Seen): Html {
  const { start } = seen.span;
  const { name, now, usual, windows } = filter;
  const peak = Math.max(0, ...windows.map((it) => it?.events ?? 0));
  return html`<tr data-filter="${name}" id="f-${name}">
    <th scope="row"><a href="/filters/${name}" id="a-${name}">${name}</a></th>
    <td class="n count" data-label="now">
      ${now === null ? html`<span class="none" title="not counted">–</span>` : html`${count(now.events)}${now.complete ? null : html`<abbr title="incomplete: at least so many">+</abbr>`}`}
    </td>
    <td class="n" data-label="usual">${decimal(usual)}</td>
    <td class="chart">${spark({ windows, from: start, label: `${name}, ${describe(windows, start)}` })}</td>
    <td class="n" data-label="peak">${count(peak)}</td>
    <td class="marks">${marks(filter, seen)}</td>
  </tr>`;
}

function marks(filter: FilterSeen, seen: Seen): Html {
  const { now, usual, report, windows, fault } = filter;
  const trending = report?.issues.filter((it) => it.trending).length ?? 0;
  const incomplete = windows.filter((it) => it?.complete === false).length;
  const missing = missingIn(filter, seen);
  const all = [
    report?.complete === false
      ? html`<li class="${isSilent(report) ? 'bad' : 'warn'}">
          ${isSilent(report) ? 'Sentry is silent' : `now incomplete: ${reasonFor(report.gaps)}`}
        </li>`
      : null,
    trending > 0 ? html`<li class="bad">${trending} trending</li>` : null,
    now !== null && usual !== null && isSurge(now.events, usual) ? html`<li class="warn">above usual</li>` : null,
    fault === '' ? null : html`<li class="bad">not read: <bdi>${fault}</bdi></li>`,
    missing > 0 ? html`<li class="warn">${missing} not counted</li>` : null,
    incomplete > 0 ? html`<li class="warn">${incomplete} incomplete</li>` : null,
  ].filter((it) => it !== null);
  return all.length === 0
    ? html``
    : html`<ul>
        ${all}
      </ul>`;
}

function sinksPart({ sinks, filters, current, dryRun }: Seen): Html {
  const said = sinks.map((name) => sinkOf(name, filters));
  return html`<section aria-labelledby="sinks">
    <h2 id="sinks">Sinks${current === null ? null : html` <small>${span(current)}</small>`}</h2>
    ${dryRun ? html`<p class="note">DRY_RUN is set: every run is a debug run, nothing is sent.</p>` : null}
    ${
      sinks.length === 0
        ? html`<p class="none">None is configured.</p>`
        : html`<table class="sinks">
            <caption class="unseen">
              What each sink took of the last counted window
            </caption>
            <thead>
              <tr>
                <th scope="col">Sink</th>
                <th scope="col">Reports</th>
                <th scope="col" class="n">Accepted</th>
                <th scope="col" class="n">Refused</th>
                <th scope="col" class="n">Uncertain</th>
                <th scope="col" class="n">Failed</th>
                <th scope="col">Errors</th>
              </tr>
            </thead>
            <tbody>
              ${said.map(
                (it) =>
                  html`<tr data-sink="${it.name}">
                    <th scope="row">${sign(it.mood)} ${it.name}</th>
                    <td>${it.reports === 0 ? 'nothing yet' : it.text}</td>
                    <td class="n" data-label="accepted">${count(it.accepted)}</td>
                    <td class="n" data-label="refused">${count(it.refused)}</td>
                    <td class="n" data-label="uncertain">${count(it.uncertain)}</td>
                    <td class="n" data-label="failed">${count(it.failed)}</td>
                    <td class="errors">
                      ${it.errors.slice(0, 3).map(([text, times]) => html`<p><bdi>${text}</bdi>${times > 1 ? ` (${plural(times, 'report')})` : null}</p>`)}${it.errors.length > 3 ? html`<p>and ${it.errors.length - 3} other errors</p>` : null}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}

function runsPart({ runs, now }: Seen): Html {
  const servers = [...new Set(runs.map(({ server }) => server))];
  return html`<section aria-labelledby="runs">
    <h2 id="runs">Last runs${servers.length > 1 ? html` <small>of ${some(servers)}</small>` : null}</h2>
    ${
      runs.length === 0
        ? html`<p class="none">None is known.</p>`
        : html`<table class="runs">
            <caption class="unseen">
              The last runs of each server
            </caption>
            <thead>
              <tr>
                <th scope="col">Server</th>
                <th scope="col">Window</th>
                <th scope="col">Began</th>
                <th scope="col" class="n">Took</th>
                <th scope="col">Outcome</th>
                <th scope="col" class="n">Filters</th>
                <th scope="col" class="n">Requests to Sentry</th>
              </tr>
            </thead>
            <tbody>
              ${servers
                .flatMap((server) => runs.filter((it) => it.server === server))
                .map(
                  ({ runId, server, window, startedAt, endedAt, outcome, reports, sourceRequests }) =>
                    html`<tr data-run="${runId}">
                      <th scope="row">${server}</th>
                      <td>${span(window)}</td>
                      <td data-label="began">${time(startedAt, now)}</td>
                      <td class="n" data-label="took">${endedAt === null ? '–' : lasting(endedAt - startedAt)}</td>
                      <td>
                        ${outcome === null ? html`${sign('idle')} ${now - startedAt > 600_000 ? 'never ended' : 'under way'}` : html`${sign(({ ok: 'good', partial: 'warn', failed: 'bad' } as const)[outcome])} ${outcome}`}
                      </td>
                      <td class="n" data-label="filters">${count(reports)}</td>
                      <td class="n" data-label="requests">${sourceRequests === null ? '–' : count(sourceRequests)}</td>
                    </tr>`,
                )}
            </tbody>
          </table>`
    }
  </section>`;
}
