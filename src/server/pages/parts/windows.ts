import { isoOf, PERIOD_MS } from '../../../core/model/window.ts';
import type { ReceiptSeen, WindowCount } from '../../../core/ports/read-model.ts';
import type { FilterData, PageData } from '../data/model.ts';
import type { WindowDetail } from '../data/windows.ts';
import { summarizeReceipt } from '../findings/receipts.ts';
import { clock, count, plural, time } from '../format.ts';
import { explained, whatToDo } from '../explained.ts';
import { html, type Html, type HtmlPart } from '../html.ts';
import { sign } from '../components/sign.ts';
import { column, numbers, table, unseenCaption } from './table.ts';

/** Windows shown at once; the older ones unfold. */
const SHOWN = 24;

/** On a filter's page: each window of the day, newest first. `details`: by start, epoch ms. */
export function windowsPart({ windows }: FilterData, data: PageData, details: ReadonlyMap<number, WindowDetail>): Html {
  const rows = windows
    .map((counted, index) => {
      const start = data.span.start + index * PERIOD_MS;
      return windowRow({ start, counted, detail: details.get(start) }, data);
    })
    .reverse();
  const older = Math.max(0, rows.length - SHOWN);
  return html`<section aria-labelledby="windows"><h2 id="windows">Windows <small>newest first</small></h2>
    ${windowTable(rows.slice(0, SHOWN), 'The last two hours', data.sinks)}
    <details id="older"><summary>${plural(older, 'older window')}</summary>
    ${windowTable(rows.slice(SHOWN), 'The windows before', data.sinks)}</details></section>`;
}

function windowTable(rows: readonly Html[], caption: string, sinks: readonly string[]): Html {
  return table({
    kind: 'windows',
    caption: unseenCaption(caption),
    columns: [column('Window'), numbers('Events'), column('State'), ...sinks.map(column)],
    body: html`<tbody>${rows}</tbody>`,
  });
}

/** A window with what is known of it. */
interface WindowData {
  readonly start: number;
  readonly counted: WindowCount | null;
  readonly detail: WindowDetail | undefined;
}

function windowRow({ start, counted, detail }: WindowData, { sinks, now }: PageData): Html {
  const cells = sinks.map((name) => {
    const receipts = detail?.receipts.filter(({ key }) => key.sink === name) ?? [];
    return html`<td data-label="${name}">${receiptsOf(receipts)}</td>`;
  });
  const events = counted === null ? '–' : count(counted.events);
  return html`<tr data-window="${isoOf(start)}"><th scope="row">${time(start, now)}–${clock(start + PERIOD_MS)}</th>
    <td class="n count">${events}</td><td>${stateOf(counted)}${gapsOf(detail)}</td>${cells}</tr>`;
}

function stateOf(counted: WindowCount | null): Html {
  if (counted === null) return html`${sign('warn')} not counted`;
  const state = counted.complete ? html`${sign('good')} complete` : html`${sign('warn')} incomplete`;
  return html`${state}${revisionOf(counted)}`;
}

function gapsOf(detail: WindowDetail | undefined): readonly Html[] {
  const gaps = detail?.report.gaps ?? [];
  return gaps.map(({ part, reason, project, detail: what }) => {
    const where = project === undefined ? '' : ` (${project})`;
    const more = `${where}${what === undefined ? '' : `, ${what}`}`;
    return html`<p><bdi>${part}: ${explained(`gap-${reason}`, reason)}${more}</bdi></p>`;
  });
}

/** The latest revision last. */
function receiptsOf(receipts: readonly ReceiptSeen[]): HtmlPart {
  if (receipts.length === 0) return html`<span class="none">–</span>`;
  return receipts.toSorted((a, b) => a.key.revision - b.key.revision).map(receiptLine);
}

function receiptLine(receipt: ReceiptSeen): Html {
  const { health, text, error, see } = summarizeReceipt(receipt);
  const why = error === '' ? null : html` <bdi class="errors">${error}</bdi>${whatToDo(see)}`;
  return html`<p>${sign(health)} ${text}${revisionOf(receipt.key)}${why}</p>`;
}

function revisionOf({ revision }: { readonly revision: number }): Html | null {
  return revision === 0 ? null : html` <small>revision ${revision}</small>`;
}
