import { html, type Html } from '../html.ts';
import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** Whether each chart of a table has a scale of its own, or all have the same. */
export function scalePart(path: string, view: View): Html {
  const choice = (name: string, scale: View['scale']): Html => {
    const current = view.scale === scale ? html` aria-current="true"` : null;
    return html`<li><a href="${addressOf(path, view, { scale })}"${current}>${name}</a></li>`;
  };
  return html`<ul class="group slim" aria-label="Scale of the charts">${choice('own scales', undefined)}
    ${choice('same scale', 'shared')}</ul>`;
}
