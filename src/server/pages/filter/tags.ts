import { empty } from '../components/notice.ts';
import type { FilterData, FilterDetail, TagCount } from '../data/model.ts';
import { count, plural, span } from '../format.ts';
import { html, Html, type HtmlPart } from '../html.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';

/** Combinations shown at once; the others unfold. */
const SHOWN = 8;

/** The last window split by the filter's tags, together; nothing where it has none. */
export function tagsPart({ report }: FilterData, { asks, tags }: FilterDetail, now: number): Html | null {
  const names = asks?.tags ?? [];
  if (names.length === 0 && (tags === null || tags.length === 0)) return null;
  const when = report === null ? null : html` <small>${span(report.window, now)} UTC</small>`;
  const by = names.length === 0 ? 'tags' : names.join(', ');
  return html`<section aria-labelledby="tags"><h2 id="tags">By ${by}${when}</h2>
    ${contentOf(tags)}</section>`;
}

function contentOf(tags: FilterDetail['tags']): Html {
  if (tags === null) return empty('Counts by tags were not kept of this window.');
  if (tags.length === 0) return empty('No event in this window.');
  const all = tags.reduce((sum, { events }) => sum + events, 0);
  const rows = tags.map((it) => tagRow(it, tags[0]!.events, all));
  const older = rows.slice(SHOWN);
  return html`${tagTable(rows.slice(0, SHOWN), 'Events by tags')}
    ${
      older.length === 0
        ? null
        : html`<details id="more-tags"><summary>${plural(older.length, 'more combination')}</summary>
          ${tagTable(older, 'Events by further tags')}</details>`
    }`;
}

function tagTable(rows: readonly Html[], caption: string): Html {
  return table({
    kind: 'shares',
    caption: unseenCaption(caption),
    columns: [
      column('Tags'),
      numbers('Events', 'in 5 min'),
      numbers('Share'),
      column(html`<span class="unseen">As a bar</span>`),
    ],
    body: html`<tbody>${rows}</tbody>`,
  });
}

function tagRow({ tags, events }: TagCount, most: number, all: number): Html {
  const pairs = Object.entries(tags).map(pairOf);
  const share = all === 0 ? 0 : (events / all) * 100;
  const none = html`<span class="none">none of them</span>`;
  return html`<tr><th scope="row"><div class="pairs">${pairs.length === 0 ? none : pairs}</div></th>
    <td class="n count" data-label="events">${count(events)}</td>
    <td class="n" data-label="share">${share < 1 && events > 0 ? '< 1' : count(share)} %</td>
    <td class="share">${barOf(most === 0 ? 0 : events / most)}</td></tr>`;
}

function pairOf([name, value]: readonly [string, string]): Html {
  return html`<span><small><bdi>${name}</bdi></small> <bdi>${value}</bdi></span> `;
}

function barOf(part: number): HtmlPart {
  const wide = Math.round(part * 1000) / 10;
  const size = 'width="100%" height="10" aria-hidden="true" focusable="false"';
  return new Html(`<svg ${size}><rect class="bars" width="${wide}%" height="10"/></svg>`);
}
