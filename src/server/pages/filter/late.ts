import type { FilterDetail, LateCount, PageData } from '../data/model.ts';
import { count, plural, spanOfDay, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';

/** Windows shown at once; the others unfold. */
const SHOWN = 6;

/** What came late: windows whose count changed after it was sent, newest first; nothing where there are none. */
export function latePart({ late }: FilterDetail, { now }: PageData): Html | null {
  if (late.length === 0) return null;
  const rows = late.toSorted((a, b) => b.start - a.start).map((it) => lateRow(it, now));
  const older = rows.slice(SHOWN);
  const more = html`<details id="more-late"><summary>${plural(older.length, 'more window')}</summary>
    ${lateTable(older, 'Further windows that changed')}</details>`;
  return html`<section aria-labelledby="late"><h2 id="late">Late events
    <small>${plural(late.length, 'window')} changed after it was sent</small></h2>
    ${lateTable(rows.slice(0, SHOWN), 'Windows that changed after they were sent')}
    ${older.length === 0 ? null : more}</section>`;
}

function lateTable(rows: readonly Html[], caption: string): Html {
  return table({
    kind: 'late',
    caption: unseenCaption(caption),
    columns: [column('Window'), numbers('At first'), numbers('Now'), numbers('Late')],
    body: html`<tbody>${rows}</tbody>`,
  });
}

function lateRow({ start, first, events }: LateCount, now: number): Html {
  const late = first === null || events === null ? '–' : signed(events - first);
  const title = `${spanOfDay({ start, end: start + PERIOD_MS })} UTC`;
  return html`<tr data-late="${start}"><th scope="row" title="${title}">${time(start, now)}</th>
    <td class="n" data-label="at first">${first === null ? '–' : count(first)}</td>
    <td class="n count" data-label="now">${events === null ? '–' : count(events)}</td>
    <td class="n" data-label="late">${late}</td></tr>`;
}

/** +3, −2 */
function signed(value: number): string {
  if (value === 0) return '0';
  return `${value > 0 ? '+' : '−'}${count(Math.abs(value))}`;
}
