import { html, type Html } from '../html.ts';
import { addressOf } from '../view/address.ts';
import { SORTS, type Sort, type View } from '../view/view.ts';
import { form } from './form.ts';

/** Which filters are shown: those with a text in their name, team or projects. `tickets`: a further choice. */
export function searchPart(
  path: string,
  view: View,
  { found, all, tickets = null }: { found: number; all: number; tickets?: Html | null },
): Html {
  const clear = html` <a href="${addressOf(path, view, { q: undefined })}">show all</a>`;
  const said = view.q === undefined ? null : html`<p>${found} of ${all} filters match.${clear}</p>`;
  const fields = html`<label for="q">Search</label>
    <input type="search" id="q" name="q" value="${view.q}" maxlength="200" placeholder="name, team, project">
    ${tickets} <button>Find</button>`;
  const asks = tickets === null ? (['q'] as const) : (['q', 'ticket'] as const);
  return html`${form({ path, view, asks, role: 'search', fields })}${said}`;
}

const NAMES: Readonly<Record<Sort, string>> = {
  trouble: 'trouble first',
  name: 'name',
  now: 'now',
  usual: 'usually',
  peak: 'peak',
};

/** The order of rows, where there is no room for the heads of columns. */
export function sortPart(path: string, view: View): Html {
  const links = SORTS.map((sort) => {
    const current = (view.sort ?? 'trouble') === sort ? html` aria-current="true"` : null;
    return html` <a href="${addressOf(path, view, { sort })}"${current}>${NAMES[sort]}</a>`;
  });
  return html`<p class="sorts">Sort by:${links}</p>`;
}
