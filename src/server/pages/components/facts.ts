import { html, type Html, type HtmlPart } from '../html.ts';

export type Fact = readonly [term: string, value: HtmlPart];

/** What is known of one thing, in a row. */
export function factList(facts: readonly Fact[]): Html {
  const items = facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`);
  return html`<dl class="facts">${items}</dl>`;
}

/** What an event says of itself, by name; what it does not say is left out. */
export function tagPairs(all: readonly (readonly [name: string, value: string | null])[]): Html {
  const said = all.filter(([, value]) => value !== null && value !== '');
  return html`<dl class="pairs tag-pairs">${said.map(
    ([name, value]) => html`<div><dt><bdi>${name}</bdi></dt> <dd><bdi>${value}</bdi></dd></div>`,
  )}</dl>`;
}
