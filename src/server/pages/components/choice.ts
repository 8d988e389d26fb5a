import { html, type Html } from '../html.ts';
import type { View } from '../view/view.ts';

/** What may be chosen, as the address has it and in words. */
export type Choice = readonly [value: string, words: string];

/** A field of a form: one of these, or any. What was chosen may be no longer among them. */
export function choice(name: keyof View, all: readonly Choice[], chosen: string | undefined): Html {
  const values = chosen === undefined || all.some(([it]) => it === chosen) ? all : [...all, [chosen, chosen] as const];
  const options = [['', 'any'] as const, ...values].map(
    ([value, words]) =>
      html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : null}>${words}</option>`,
  );
  return html`<span class="field"><label for="ask-${name}">${name}</label>
    <select id="ask-${name}" name="${name}">${options}</select></span>`;
}
