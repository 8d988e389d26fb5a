import { isoOf, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { ReceiptSeen } from '../../../core/ports/read-model.ts';
import type { FilterData, PageData, Slot } from '../data/model.ts';
import type { WindowDetail } from '../data/windows.ts';
import { summarizeReceipt } from '../findings/receipts.ts';
import { clock, count, lasting, plural, time } from '../format.ts';
import { explained, whatToDo } from '../explained.ts';
import { html, type Html, type HtmlPart, link } from '../html.ts';
import { sign } from '../components/sign.ts';
import { column, numbers, table, unseenCaption } from '../parts/table.ts';

/** Rows shown at once; the older ones unfold. */
const SHOWN = 24;

/** Each bar of the chart as a row, newest first. `details`: of single windows, by start, epoch ms. */
export function windowsPart(filter: FilterData, data: PageData, details: ReadonlyMap<number, WindowDetail>): Html {
  const { windows, searchUrl } = filter;
  const { span, step } = data;
  const sinks = step === PERIOD_MS ? data.sinks : [];
  const rows = windows
    .map((counted, index) => {
      const stretch = { start: span.start + index * step, end: span.start + (index + 1) * step };
      const detail = step === PERIOD_MS ? details.get(stretch.start) : undefined;
      return windowRow({ stretch, counted, detail, url: searchUrl(stretch) }, { sinks, now: data.now });
    })
    .reverse();
  const older = rows.slice(SHOWN);
  const unfold = html`<details id="older"><summary>${plural(older.length, 'older one')}</summary>
    ${windowTable(older, 'The windows before', sinks)}</details>`;
  return html`<section aria-labelledby="windows"><h2 id="windows">Windows
    <small>of ${lasting(step)}, newest first; times are UTC</small></h2>
    ${windowTable(rows.slice(0, SHOWN), 'The newest windows', sinks)}
    ${older.length === 0 ? null : unfold}</section>`;
}

function windowTable(rows: readonly Html[], caption: string, sinks: readonly string[]): Html {
  return table({
    kind: 'windows',
    caption: unseenCaption(caption),
    columns: [column('Window'), numbers('Events'), column('State'), ...sinks.map(column)],
    body: html`<tbody>${rows}</tbody>`,
  });
}

/** A stretch of time with what is known of it. */
interface WindowData {
  readonly stretch: Window;
  readonly counted: Slot | null;
  readonly detail: WindowDetail | undefined;
  /** The same search in Sentry; null: nobody knows its address. */
  readonly url: string | null;
}

function windowRow(
  { stretch: { start, end }, counted, detail, url }: WindowData,
  { sinks, now }: Pick<PageData, 'sinks' | 'now'>,
): Html {
  const cells = sinks.map((name) => {
    const receipts = detail?.receipts.filter(({ key }) => key.sink === name) ?? [];
    return html`<td data-label="${name}">${receiptsOf(receipts)}</td>`;
  });
  const events = counted === null ? '–' : count(counted.events);
  const when = html`${time(start, now)}–${clock(end)}`;
  return html`<tr data-window="${isoOf(start)}"><th scope="row">${url === null ? when : link(url, when)}</th>
    <td class="n count">${events}</td><td>${stateOf(counted, end - start)}${gapsOf(detail)}</td>${cells}</tr>`;
}

function stateOf(counted: Slot | null, step: number): Html {
  if (counted === null) return html`${sign('warn')} not counted`;
  if (counted.from === 'source')
    return html`${sign('idle')} told by Sentry, not counted here${counted.complete ? null : ', incomplete'}`;
  const all = Math.round(step / PERIOD_MS);
  const isPart = (counted.counted ?? all) < all;
  const part = isPart ? html` <small>${counted.counted} of ${all} windows counted</small>` : null;
  const whole = isPart ? html`${sign('idle')} under way` : html`${sign('good')} complete`;
  const state = counted.complete ? whole : html`${sign('warn')} incomplete`;
  return html`${state}${part}${revisionOf(counted)}`;
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
