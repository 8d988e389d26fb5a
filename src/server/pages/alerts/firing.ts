import type { PageData } from '../data/model.ts';
import { html, type Html } from '../html.ts';
import { alertTable } from './table.ts';
import { firingWords, sumOf } from './words.ts';

/** Shown at once: the verdicts below are to be seen as well. The others unfold. */
const SHOWN = 8;

/** Alerts that are firing, on top of the overview; nothing where there are none. */
export function firingPart({ alerts, now, hasActions }: PageData): Html | null {
  if (alerts === null || alerts === 'unread' || alerts.firing.length === 0) return null;
  const { firing, counts } = alerts;
  const all = sumOf(counts);
  const left = all - firing.length;
  const more = html`<p class="more">${firingWords(left, 'more ')}, none worse than these. Each filter’s page has its
    own.</p>`;
  const shown = { now, caption: 'Alerts that are firing', isOfFilter: false, hasActions };
  const rest = firing.slice(SHOWN);
  const unfold = html`<details id="more-alerts"><summary>${firingWords(rest.length, 'more ')}</summary>
    ${alertTable({ ...shown, alerts: rest, caption: 'Further alerts that are firing' })}</details>`;
  return html`<section class="firing" aria-labelledby="alerts"><h2 id="alerts">${firingWords(all)}
    <small>times are UTC</small></h2>
    ${alertTable({ ...shown, alerts: firing.slice(0, SHOWN) })}
    ${rest.length > 0 ? unfold : null}${left > 0 ? more : null}</section>`;
}
