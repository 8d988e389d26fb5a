import type { RunView } from '../../../core/ports/read-model.ts';
import { RUN_MS } from '../data/current.ts';
import type { PageData } from '../data/model.ts';
import { count, lasting, some, span, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { sign } from '../components/sign.ts';
import { column, numbers, table, unseenCaption } from './table.ts';

const HEALTH = { ok: 'good', partial: 'warn', failed: 'bad' } as const;

/** The last runs, server by server. */
export function runsPart({ runs, now }: PageData): Html {
  const servers = [...new Set(runs.map(({ server }) => server))];
  const whose = servers.length > 1 ? `of ${some(servers)}; ` : '';
  const rows = servers.flatMap((server) => runs.filter((run) => run.server === server).map((run) => runRow(run, now)));
  return html`<section aria-labelledby="runs"><h2 id="runs">Last runs <small>${whose}times are UTC</small></h2>
    ${rows.length === 0 ? html`<p class="none">None is known.</p>` : runTable(rows)}</section>`;
}

function runTable(rows: readonly Html[]): Html {
  return table({
    kind: 'runs',
    caption: unseenCaption('The last runs of each server'),
    columns: [
      column('Server'),
      column('Window'),
      column('Began'),
      numbers('Took'),
      column('Outcome'),
      numbers('Filters'),
      numbers('Requests to Sentry'),
    ],
    body: html`<tbody>${rows}</tbody>`,
  });
}

function runRow(run: RunView, now: number): Html {
  const { runId, server, window, startedAt, endedAt, reports, sourceRequests } = run;
  return html`<tr data-run="${runId}"><th scope="row">${server}</th><td>${span(window, now)}</td>
    <td data-label="began">${time(startedAt, now)}</td>
    <td class="n" data-label="took">${endedAt === null ? '–' : lasting(endedAt - startedAt)}</td>
    <td>${outcomeOf(run, now)}</td>
    <td class="n" data-label="filters">${count(reports)}</td>
    <td class="n" data-label="requests">${sourceRequests === null ? '–' : count(sourceRequests)}</td></tr>`;
}

function outcomeOf({ outcome, startedAt }: RunView, now: number): Html {
  if (outcome !== null) return html`${sign(HEALTH[outcome])} ${outcome}`;
  return html`${sign('idle')} ${now - startedAt > RUN_MS ? 'never ended' : 'under way'}`;
}
