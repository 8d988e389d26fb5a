import type { FilterData } from '../data/model.ts';
import { count, span } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';

type Totals = NonNullable<FilterData['report']>['totals'];

/** Counts of the last window by project. Users cannot be added up: one may be in several. */
export function projectsPart({ report, projects }: FilterData, now: number): Html | null {
  if (report === null) return null;
  const { totals, window } = report;
  const names = [...new Set([...projects, ...totals.map(({ project }) => project)])];
  const rows = names.map((name) => projectRow(name, totals));
  const projectTable = table({
    kind: 'projects',
    caption: unseenCaption('Events, issues and users of the last counted window by project'),
    columns: [
      column('Project'),
      numbers('Events', 'in 5 min'),
      numbers('Issues', 'in 5 min'),
      numbers('Users', 'in 5 min'),
    ],
    body: html`<tbody>${rows}</tbody>`,
  });
  return html`<section aria-labelledby="projects">
    <h2 id="projects">Projects <small>${span(window, now)} UTC</small></h2>
    ${projectTable}</section>`;
}

function projectRow(name: string, totals: Totals): Html {
  const total = totals.find(({ project }) => project === name);
  const cells = [
    ['events', total?.events],
    ['issues', total?.issues],
    ['users', total?.users],
  ] as const;
  const cell = ([label, value]: (typeof cells)[number]): Html =>
    html`<td class="n" data-label="${label}">${value == null ? '–' : count(value)}</td>`;
  return html`<tr data-project="${name}"><th scope="row"><bdi>${name}</bdi></th>
    ${cells.map(cell)}</tr>`;
}
