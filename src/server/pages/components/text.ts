import { html, type Html } from '../html.ts';
import { cut } from '../words.ts';

/** Two lines never hold more characters. */
export const TWO_LINES = 500;

/** As much of it as two lines hold; all of it, where a pointer rests on it. */
export function twoLines(text: string): Html {
  return html`<bdi class="clamp" title="${text}">${cut(text, TWO_LINES)}</bdi>`;
}

/** A text with its own lines. NOTE: what overflows can be scrolled by keyboard only when it can have the focus. */
export function wideText(text: string, label: { readonly label: string } | { readonly labelledBy: string }): Html {
  const lines = text.split(/\r\n|\r|\n/).map((line) => html`${line}\n`);
  const name = 'label' in label ? html`aria-label="${label.label}"` : html`aria-labelledby="${label.labelledBy}"`;
  return html`<pre class="wide-text" tabindex="0" role="group" ${name}>${lines}</pre>`;
}
