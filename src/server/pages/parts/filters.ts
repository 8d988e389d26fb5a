import { reasonFor } from '../../../core/model/make-report.ts';
import { isSurge } from '../../../core/model/trends.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { FilterData, PageData } from '../data/model.ts';
import { isSilent, missingIn } from '../findings/coverage.ts';
import { count, decimal, plural } from '../format.ts';
import { anchorOfFault } from '../../reasons/of.ts';
import { explained } from '../explained.ts';
import { html, type Html } from '../html.ts';
import { legend } from '../layout.ts';
import { describe, spark } from './spark.ts';
import { column, numbers, table, unseenCaption } from './table.ts';

/** On the overview: a row a filter, with its chart. */
export function filtersPart(data: PageData): Html {
  const { filters, span } = data;
  const hours = (span.end - span.start) / HOUR_MS;
  const filterTable = table({
    kind: 'filters',
    caption: unseenCaption(`Filters: events in the last counted window, the usual count, and the last ${hours} hours`),
    columns: [
      column('Filter'),
      numbers('Now'),
      html`<th scope="col" class="n" title="The middle of the counts of the hour before">Usual<span class="unseen">
        (the middle of the hour before)</span></th>`,
      column(`Last ${hours} hours`),
      numbers('Peak'),
      column('Marks'),
    ],
    body: teamBodies(data),
  });
  return html`<section aria-labelledby="filters">
    <h2 id="filters">Filters <small>${plural(filters.length, 'filter')}, events in five minutes</small></h2>
    ${legend()}
    ${filterTable}
    <p class="note">Usual: the middle of the counts of the hour before.
    Each chart has its own scale, up to its peak.</p></section>`;
}

/** One a team; a lonely team without a name has no heading. */
function teamBodies(data: PageData): readonly Html[] {
  const teams = [...new Set(data.filters.map(({ team }) => team ?? ''))].sort();
  return teams.map((team) => {
    const name = team === '' ? 'No team' : html`<bdi>${team}</bdi>`;
    const heading = html`<tr class="team"><th scope="rowgroup" colspan="6">${name}</th></tr>`;
    const own = data.filters.filter((filter) => (filter.team ?? '') === team);
    return html`<tbody>${teams.length === 1 && team === '' ? null : heading}
      ${own.map((filter) => filterRow(filter, data))}</tbody>`;
  });
}

function filterRow(filter: FilterData, data: PageData): Html {
  const { start } = data.span;
  const { name, usual, windows } = filter;
  const peak = Math.max(0, ...windows.map((it) => it?.events ?? 0));
  return html`<tr data-filter="${name}" id="f-${name}">
    <th scope="row"><a href="/filters/${name}" id="a-${name}">${name}</a></th>
    <td class="n count" data-label="now">${nowOf(filter)}</td>
    <td class="n" data-label="usual">${decimal(usual)}</td>
    <td class="chart">${spark({ windows, from: start, label: `${name}, ${describe(windows, start)}` })}</td>
    <td class="n" data-label="peak">${count(peak)}</td>
    <td class="marks">${marks(filter, data)}</td></tr>`;
}

function nowOf({ now, report }: FilterData): Html {
  if (now === null) return html`<span class="none" title="not counted">–</span>`;
  if (report?.totals.length === 0) return html`<span class="none" title="no project has a count">not known</span>`;
  return html`${count(now.events)}${now.complete ? null : html`<abbr title="incomplete: at least so many">+</abbr>`}`;
}

function marks(filter: FilterData, data: PageData): Html | null {
  const { now, usual, report, windows, fault } = filter;
  const trending = report?.issues.filter((it) => it.trending).length ?? 0;
  const incomplete = windows.filter((it) => it?.complete === false).length;
  const missing = missingIn(filter, data);
  const all = [
    report?.complete === false ? incompleteMark(report) : null,
    trending > 0 ? html`<li class="bad">${trending} trending</li>` : null,
    now !== null && usual !== null && isSurge(now.events, usual) ? html`<li class="warn">above usual</li>` : null,
    fault === ''
      ? null
      : html`<li class="bad">${explained(anchorOfFault(fault), 'not read:')} <bdi>${fault}</bdi></li>`,
    missing > 0 ? html`<li class="warn">${missing} not counted</li>` : null,
    incomplete > 0 ? html`<li class="warn">${incomplete} incomplete</li>` : null,
  ].filter((it) => it !== null);
  return all.length === 0 ? null : html`<ul>${all}</ul>`;
}

function incompleteMark(report: NonNullable<FilterData['report']>): Html {
  return isSilent(report)
    ? html`<li class="bad">${explained('gap-source_silent', 'Sentry is silent')}</li>`
    : html`<li class="warn">now incomplete: ${reasonOf(report)}</li>`;
}

function reasonOf({ gaps }: NonNullable<FilterData['report']>): Html | null {
  const reason = reasonFor(gaps);
  return reason === '' ? null : explained(`gap-${reason}`, reason);
}
