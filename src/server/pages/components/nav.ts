import { html, type Html } from '../html.ts';

/** The pages that there are, in the order of the navigation. */
export const PAGES = { overview: '/', filters: '/filters', issues: '/issues', status: '/status' } as const;
export type PageName = keyof typeof PAGES;

const NAMES: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  filters: 'Filters',
  issues: 'Issues',
  status: 'Status',
};

/** The way to each page. `here`: the one that is shown, or the one that it belongs to. */
export function nav(here: PageName | null, isPartOfIt: boolean): Html {
  const items = Object.entries(PAGES).map(([name, path]) => {
    const current = name === here ? html` aria-current="${isPartOfIt ? 'true' : 'page'}"` : null;
    return html`<li><a href="${path}"${current}>${NAMES[name as PageName]}</a></li>`;
  });
  return html`<nav class="pages" aria-label="Pages"><ul class="plain">${items}</ul></nav>`;
}
