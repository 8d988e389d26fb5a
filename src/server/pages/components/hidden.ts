import { plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** What somebody hid is said, and can be seen. */
export function hiddenWords(path: string, hidden: number, view: View): Html | null {
  if (view.hidden === 'shown')
    return html`Hidden ones are among them:
      <a href="${addressOf(path, view, { hidden: undefined })}">leave them out</a>`;
  const shown = addressOf(path, view, { hidden: 'shown' });
  return hidden === 0
    ? null
    : html`${plural(hidden, 'more is hidden', 'more are hidden')}: <a href="${shown}">show</a>`;
}
