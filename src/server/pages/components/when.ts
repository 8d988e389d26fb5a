import { PERIOD_MS } from '../../../core/model/window.ts';
import type { PageData } from '../data/model.ts';
import { html, type Html, type HtmlPart } from '../html.ts';
import { spanWords } from '../words.ts';
import { addressOf } from '../view/address.ts';
import { RANGES, type RangeName, type View } from '../view/view.ts';
import { form } from './form.ts';

/** A page that shows a stretch of time: its path, what was chosen, what is shown. */
export interface Shown {
  readonly path: string;
  readonly view: View;
  readonly data: Pick<PageData, 'span' | 'now'>;
}

/** How long, up to when; each choice is an address. */
export function whenControls(shown: Shown): Html {
  return html`${rangeControls(shown)} ${dateForm(shown)}`;
}

/** How long, and the way to what was before and after. */
export function rangeControls({ path, view, data }: Shown): Html {
  const { start, end } = data.span;
  const ranges = Object.entries(RANGES).map(([name, { ms }]) => {
    const current = ms === end - start ? html` aria-current="true"` : null;
    return html`<li><a href="${addressOf(path, view, { range: name as RangeName })}"${current}>${name}</a></li>`;
  });
  return html`<ul class="group" aria-label="Range">${ranges}</ul>
    <ul class="group moves" aria-label="Move in time">${moves({ path, view, data })}</ul>`;
}

function moves({ path, view, data: { span, now } }: Shown): readonly Html[] {
  const length = span.end - span.start;
  const later = span.end + length;
  const move = (words: HtmlPart, at: number | undefined): Html =>
    html`<li><a href="${addressOf(path, view, { at })}">${words}</a></li>`;
  const still = (words: HtmlPart): Html => html`<li><span aria-disabled="true">${words}</span></li>`;
  const isNow = view.at === undefined;
  return [
    move(html`<span class="arrow">←</span> <span class="word">earlier</span>`, span.end - length),
    isNow ? still(ON) : move(ON, later < now ? later : undefined),
    isNow ? html`<li><span aria-current="true">now</span></li>` : move('now', undefined),
  ];
}

const ON = html`<span class="word">later</span> <span class="arrow on">→</span>`;

/** A long range may end later than now. NOTE: such a field has no zone; the page reads what it says as UTC. */
export function dateForm({ path, view, data: { span, now } }: Shown): Html {
  const newest = Math.floor(now / PERIOD_MS) * PERIOD_MS;
  const value = new Date(view.at ?? Math.min(span.end, newest)).toISOString().slice(0, 16);
  return form({
    path,
    view,
    asks: 'at',
    fields: html`<label for="at">up to (UTC)</label>
      <input type="datetime-local" id="at" name="at" step="300" value="${value}"><button>Show</button>`,
  });
}

/** `the last 12 hours, 19 Nov 22:05 – 20 Nov 10:05 UTC` */
export function whenWords({ view, data: { span, now } }: Shown): string {
  const range = Object.entries(RANGES).find(([, { ms }]) => ms === span.end - span.start)?.[0];
  const words = range === undefined ? '' : LONG[range as RangeName];
  const long = view.at === undefined ? `the last ${words.replace(/^1 /, '')}, ` : `${words}, `;
  return `${long}${spanWords(span, now)} UTC`;
}

const LONG: Readonly<Record<RangeName, string>> = {
  '1h': '1 hour',
  '12h': '12 hours',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
};
