import { html, type Html } from '../html.ts';
import { addressOf, EVENTS, ISSUES, keptOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** Where issues are seen: of intakes, or in the reports of the last window; and the events of intakes. */
export function tabs(view: View, of: View['of'] | 'events' | null): Html {
  const kept = keptOf(view);
  const tab = (name: string, address: string, isHere: boolean): Html =>
    html`<li><a href="${address}"${isHere ? html` aria-current="true"` : null}>${name}</a></li>`;
  return html`<ul class="group" aria-label="Which issues">
    ${tab('of intakes', addressOf(ISSUES, kept), of === null)}
    ${tab('of the last window', addressOf(ISSUES, { ...kept, of: 'window' }), of === 'window')}
    ${tab('single events', addressOf(EVENTS, kept), of === 'events')}</ul>`;
}
