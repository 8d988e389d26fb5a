import { html, type Html } from '../html.ts';
import { addressOf, keptOf } from '../view/address.ts';
import type { View } from '../view/view.ts';

/** The pages that there are, in the order of the navigation. */
const PAGES = {
  overview: '/',
  filters: '/filters',
  issues: '/issues',
  messages: '/messages',
  status: '/status',
} as const;
export type PageName = keyof typeof PAGES;

const NAMES: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  filters: 'Filters',
  issues: 'Issues',
  messages: 'Messages',
  status: 'Status',
};

/** Which of the pages one is; `part`: it lies below that one. */
export interface Here {
  readonly page: PageName;
  readonly part?: boolean;
}

/** The way to each page. `here`: null: none of them is shown; `hasMessages`: somebody may be told something. */
export function nav(here: Here | null, view: View, hasMessages: boolean): Html {
  const pages = Object.entries(PAGES).filter(([name]) => name !== 'messages' || hasMessages);
  const items = pages.map(([name, path]) => {
    const current = name === here?.page ? html` aria-current="${here.part === true ? 'true' : 'page'}"` : null;
    return html`<li><a href="${addressOf(path, keptOf(view))}"${current}>${NAMES[name as PageName]}</a></li>`;
  });
  return html`<nav class="pages" aria-label="Pages"><ul class="plain">${items}</ul></nav>`;
}
