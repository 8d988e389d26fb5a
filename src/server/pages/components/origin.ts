import type { FilterData, PageData } from '../data/model.ts';
import { plural, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { sign } from './sign.ts';

/** Where the numbers come from, and what is wrong with them. */
export function originPart({ origin, server, now, since, filters }: PageData): Html {
  const { counts, runs, readAt, troubles, pending } = origin;
  const own = html`the memory of this server, ${server}, which started at ${time(since, now)} UTC`;
  const read = readAt === null ? null : html`, read at ${time(readAt, now)} UTC`;
  const from = {
    ledger: html`the ledger, over all servers${
      origin.hasSeries && filters.some(hasTold) ? ', and before its first count from Sentry’s own time series' : null
    }`,
    source: html`Sentry’s own time series${read}; windows that this server counted itself, from its memory`,
    memory: own,
  }[counts];
  const items = troubles.map(({ text }) => html`<li>${sign('warn')} <bdi>${text}</bdi></li>`);
  return html`<p class="origin" data-origin="${counts}">Counts come from ${from};
    runs, issues and deliveries from ${runs === 'ledger' ? 'the same' : own}. Times are UTC.${
      pending > 0 ? ` Sentry’s series of ${plural(pending, 'filter')} are still being read.` : null
    }</p>
    ${items.length === 0 ? null : html`<ul class="troubles">${items}</ul>`}`;
}

/** Bars that the source told, in the ledger's stead. */
function hasTold({ windows }: FilterData): boolean {
  return windows.some((slot) => slot?.from === 'source');
}
