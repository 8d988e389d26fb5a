import { peakOf } from '../chart/bars.ts';
import { empty } from '../components/notice.ts';
import { coarse, isCrowd } from '../arrange/coarse.ts';
import { ordered } from '../arrange/choose.ts';
import { GRAVITY, standingOf } from '../findings/standing.ts';
import { count, lasting, plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { FilterData } from '../data/model.ts';
import { each, type Slow } from '../slices.ts';
import { addressOf } from '../view/address.ts';
import { drawn, filterRow, type Rows, timeOf } from './filter-row.ts';
import { column, sorted, table, unseenCaption } from './table.ts';
import { teamBodies } from './team-rows.ts';

/** Rows of filters to look at first, and of filters in a chosen order, on the overview. */
const MOST = { first: 20, sorted: 50 };

/** All of them, each in a row, in the order that was chosen. */
export function* allFilters(asked: Rows): Slow<Html> {
  const rows = scaled(isCrowd(asked.data.filters) ? { ...asked, data: coarse(asked.data) } : asked);
  yield;
  const { data, view } = rows;
  const all = ordered(data.filters, view.sort ?? 'trouble', data);
  return filterTable(rows, html`<tbody>${yield* rowsOf(all, rows)}</tbody>`);
}

function rowsOf(filters: readonly FilterData[], rows: Rows): Slow<readonly Html[]> {
  return each(filters, (filter) => filterRow(filter, rows, true));
}

/** Those to look at first, then team by team; or the first ones in the order that was chosen. */
export function* firstFilters(asked: Rows): Slow<Html> {
  if (asked.view.sort !== undefined && asked.view.sort !== 'trouble') return yield* sortedFilters(asked);
  // NOTE: of a crowd few have a row of their own; what the others have is added up as it is.
  const rows = scaled({ ...asked, isCoarse: isCrowd(asked.data.filters) });
  yield;
  const { data } = rows;
  const urgent = ordered(data.filters, 'trouble', data).filter(
    (filter) => GRAVITY[standingOf(filter, data)] < GRAVITY.idle,
  );
  yield;
  const first = urgent.slice(0, MOST.first);
  const trends = data.alerts === null ? 'an issue that trends' : 'an alert or an issue that trends';
  const heading = html`<tr class="team urgent"><th scope="rowgroup" colspan="6">Look at these first
    <small>${plural(urgent.length, 'filter')} in trouble, incomplete, or with ${trends}</small></th></tr>`;
  const more = moreRow(rows, urgent.length - first.length, 'more should be looked at');
  const top = html`<tbody>${heading}${yield* rowsOf(first, rows)}${more}</tbody>`;
  const teams = yield* teamBodies(rows, new Set(first));
  return filterTable(rows, html`${first.length === 0 ? null : top}${teams}`);
}

function* sortedFilters(asked: Rows): Slow<Html> {
  const rows = scaled(isCrowd(asked.data.filters) ? { ...asked, data: coarse(asked.data) } : asked);
  yield;
  const { data, view } = rows;
  const all = ordered(data.filters, view.sort ?? 'trouble', data);
  const first = all.slice(0, MOST.sorted);
  const body = html`<tbody>${yield* rowsOf(first, rows)}</tbody>`;
  const more = moreRow(rows, all.length - first.length, 'more are not shown here');
  return filterTable(rows, html`${body}${more === null ? null : html`<tbody>${more}</tbody>`}`);
}

/** Where all charts share a scale, the highest count of all. */
function scaled(rows: Rows): Rows {
  if (rows.view.scale !== 'shared') return rows;
  return { ...rows, top: Math.max(...rows.data.filters.map(({ windows }) => peakOf(drawn(windows, rows)))) };
}

/** What is not shown, and where it is. */
function moreRow({ view, data }: Rows, left: number, words: string): Html | null {
  if (left <= 0) return null;
  const all = addressOf('/filters', view, { open: undefined, shut: undefined });
  return html`<tr class="more"><td colspan="6"><strong>${plural(left, 'filter')}</strong> ${words}:
    <a href="${all}">all ${plural(data.filters.length, 'filter')} in one table</a></td></tr>`;
}

function filterTable(rows: Rows, body: Html): Html {
  const { path, view, data, top } = rows;
  if (data.filters.length === 0) return empty(view.q === undefined ? 'No filter is in force.' : 'No filter matches.');
  const unit = 'events in 5 min';
  const step = `events in ${lasting(timeOf(rows).step)}`;
  const head = { path, view };
  const filters = table({
    kind: 'filters',
    caption: unseenCaption('Filters: events in the last counted window, usually, and over the range that is shown'),
    columns: [
      sorted({ ...head, sort: 'name', name: 'Filter' }),
      sorted({ ...head, sort: 'now', name: 'Now', unit }),
      sorted({ ...head, sort: 'usual', name: 'Usually', unit }),
      column(html`Counts <small>each bar: ${step}</small>`),
      sorted({ ...head, sort: 'peak', name: 'Peak', unit: step }),
      sorted({ ...head, sort: 'trouble', name: 'Notes' }),
    ],
    body,
  });
  return html`${filters}${scaleNote(top)}`;
}

/** What is usual, and how high the charts are. */
function scaleNote(top: number | undefined): Html {
  const scale =
    top === undefined
      ? 'Each chart has its own scale, up to its peak.'
      : `The charts of filters share a scale, up to ${count(top)} events.`;
  return html`<p class="note">Usual is the middle half (25th to 75th percentile) of the counts of the 12 windows before;
    its middle stands under Usually, where at least 6 of them are known. ${scale}</p>`;
}
