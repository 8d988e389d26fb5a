import { PERIOD_MS } from '../../core/model/window.ts';
import type { ReceiptSeen, ReportSeen } from '../../core/ports/read-model.ts';
import { chart } from './chart.ts';
import type { FilterSeen, Seen } from './data/model.ts';
import { count, decimal, plural, span, time } from './format.ts';
import { html, Html, type HtmlPart, link } from './html.ts';
import { judge } from './judge.ts';
import { legend, originOf, sheet, sign, verdicts } from './layout.ts';
import { sayReceipt } from './receipts.ts';
import { describe } from './spark.ts';

/** A window of the table with what was kept of it. */
export interface WindowSeen {
  readonly report: ReportSeen | null;
  readonly receipts: readonly ReceiptSeen[];
}

/** Windows shown at once; the older ones unfold. */
const SHOWN = 24;

/** One filter: a day of windows, its issues, what became of each report. `windows`: by start, epoch ms. */
export async function filterPage(
  seen: Seen,
  filter: FilterSeen,
  windows: ReadonlyMap<number, WindowSeen>,
): Promise<string> {
  const { name } = filter;
  const { start } = seen.span;
  const drawn = new Html(
    await chart({ windows: filter.windows, from: start, title: `${name}, ${describe(filter.windows, start)}` }),
  );
  return sheet({
    title: `${name} – sentry-monitor`,
    seen,
    main: html`<p class="crumbs"><a href="/">All filters</a></p>
      <h1>${name}</h1>
      ${headOf(filter, seen)} ${verdicts(judge({ ...seen, filters: [filter] }))}
      <section aria-labelledby="day">
        <h2 id="day">Events in five minutes, 24 hours</h2>
        ${legend()}
        <div class="scroll" tabindex="0" role="region" aria-labelledby="day">${drawn}</div>
      </section>
      ${issuesPart(filter)} ${windowsPart(filter, seen, windows)} ${originOf(seen)}`,
  });
}

function headOf({ team, projects, runbook, configured, now, usual, report }: FilterSeen, { current }: Seen): Html {
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
  return html`${configured ? null : html`<p class="note">${sign('warn')} No filters file of this server names it any more; this is what is remembered.</p>`}
    <dl class="facts">
      ${facts.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <ul class="links">
      ${links}
    </ul>`;
}

function issuesPart({ report }: FilterSeen): Html {
  const issues = report?.issues ?? [];
  return html`<section aria-labelledby="issues">
    <h2 id="issues">
      Issues${report === null ? null : html` <small>${span(report.window)}, first what trends</small>`}
    </h2>
    ${
      issues.length === 0
        ? html`<p class="none">None ${report === null ? 'is known' : 'was kept'}.</p>`
        : html`<table class="issues">
            <caption class="unseen">
              Issues of the last counted window
            </caption>
            <thead>
              <tr>
                <th scope="col" class="n">Events</th>
                <th scope="col" class="n">Expected</th>
                <th scope="col" class="n">Score</th>
                <th scope="col">State</th>
                <th scope="col">Issue</th>
                <th scope="col">Project</th>
                <th scope="col">Assignee</th>
              </tr>
            </thead>
            <tbody>
              ${issues.map(
                ({ issueId, events, expected, score, state, trending, url, details, project }) =>
                  html`<tr data-issue="${issueId}">
                    <td class="n count">${count(events)}</td>
                    <td class="n" data-label="expected">${decimal(expected)}</td>
                    <td class="n" data-label="score">${decimal(score)}</td>
                    <td><span class="state ${trending ? state : 'ongoing'}">${state}</span></td>
                    <th scope="row">
                      ${link(details?.url ?? url, html`<bdi>${details?.title ?? details?.shortId ?? issueId}</bdi>`)}
                    </th>
                    <td data-label="project"><bdi>${project}</bdi></td>
                    <td data-label="assignee"><bdi>${details?.assignee ?? 'nobody'}</bdi></td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}

function windowsPart(filter: FilterSeen, seen: Seen, windows: ReadonlyMap<number, WindowSeen>): Html {
  const starts = filter.windows.map((_, index) => seen.span.start + index * PERIOD_MS).reverse();
  const rows = starts.map((start, index) =>
    windowRow(filter, start, filter.windows.length - 1 - index, seen, windows.get(start)),
  );
  const table = (some: readonly Html[], caption: string): Html =>
    html`<table class="windows">
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Window</th>
          <th scope="col" class="n">Events</th>
          <th scope="col">State</th>
          ${seen.sinks.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${some}
      </tbody>
    </table>`;
  return html`<section aria-labelledby="windows">
    <h2 id="windows">Windows <small>newest first</small></h2>
    ${table(rows.slice(0, SHOWN), 'The last two hours')}
    <details id="older">
      <summary>${plural(Math.max(0, rows.length - SHOWN), 'older window')}</summary>
      ${table(rows.slice(SHOWN), 'The windows before')}
    </details>
  </section>`;
}

function windowRow(
  { windows }: FilterSeen,
  start: number,
  index: number,
  { sinks, now }: Seen,
  found: WindowSeen | undefined,
): Html {
  const it = windows[index] ?? null;
  const gaps = found?.report?.gaps ?? [];
  const notes = gaps.map(
    ({ part, reason, project, detail }) =>
      html`<p>
        <bdi
          >${part}:
          ${reason}${project === undefined ? null : ` (${project})`}${detail === undefined ? null : `, ${detail}`}</bdi
        >
      </p>`,
  );
  const revision = it === null || it.revision === 0 ? null : html` <small>revision ${it.revision}</small>`;
  return html`<tr data-window="${new Date(start).toISOString()}">
    <th scope="row">${time(start, now)}–${new Date(start + PERIOD_MS).toISOString().slice(11, 16)}</th>
    <td class="n count">${it === null ? '–' : count(it.events)}</td>
    <td>${stateOf(it)}${revision}${notes}</td>
    ${sinks.map((name) => html`<td data-label="${name}">${receiptsOf(found?.receipts.filter(({ key }) => key.sink === name) ?? [])}</td>`)}
  </tr>`;
}

function stateOf(it: FilterSeen['windows'][number]): Html {
  if (it === null) return html`${sign('warn')} not counted`;
  return it.complete ? html`${sign('good')} complete` : html`${sign('warn')} incomplete`;
}

/** The latest revision last. */
function receiptsOf(receipts: readonly ReceiptSeen[]): HtmlPart {
  if (receipts.length === 0) return html`<span class="none">–</span>`;
  return receipts
    .toSorted((a, b) => a.key.revision - b.key.revision)
    .map((receipt) => {
      const { mood, text, error } = sayReceipt(receipt);
      return html`<p>
        ${sign(mood)}
        ${text}${receipt.key.revision > 0 ? html` <small>revision ${receipt.key.revision}</small>` : null}${error === '' ? null : html` <bdi class="errors">${error}</bdi>`}
      </p>`;
    });
}
