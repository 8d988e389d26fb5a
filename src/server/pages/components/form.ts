import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';
import { html, type Html, type HtmlPart } from '../html.ts';

/** What it asks for, and in which page. */
export interface Form {
  readonly path: string;
  readonly view: View;
  /** The choices that it makes; the others stay as they are. */
  readonly asks: keyof View | readonly (keyof View)[];
  readonly role?: 'search';
  readonly fields: HtmlPart;
}

/** A form whose answer is an address, as every link of a page is. */
export function form({ path, view, asks, role, fields }: Form): Html {
  const own = Object.fromEntries([asks].flat().map((name) => [name, undefined]));
  const kept = new URL(addressOf(path, view, own), 'http://localhost').searchParams;
  const hidden = [...kept].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const as = role === undefined ? null : html` role="${role}"`;
  return html`<form class="ask" method="get" action="${path}"${as}>${hidden}${fields}</form>`;
}

/** What may be chosen, as the address has it and in words. */
export type Choice = readonly [value: string, words: string];

/** A field of a form: one of these, or any. What was chosen may be no longer among them. */
export function choice(name: keyof View, all: readonly Choice[], chosen: string | undefined): Html {
  const values = chosen === undefined || all.some(([it]) => it === chosen) ? all : [...all, [chosen, chosen] as const];
  const options = [['', 'any'] as const, ...values].map(([value, words]) => option(value, words, chosen ?? ''));
  return html`<span class="field"><label for="ask-${name}">${name}</label>
    <select id="ask-${name}" name="${name}">${options}</select></span>`;
}

/** One of a list that unfolds. */
export function option(value: string, words: string, chosen: string): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : null}>${words}</option>`;
}
