import type { JsonObject } from '../../../core/model/item.ts';
import type { TicketText } from '../../../core/ports/tickets/tracker.ts';
import { adfOf, textInAdf } from './adf.ts';
import type { Settings } from '../../vendors/jira/settings.ts';
import { textInWiki, wikiOf } from './wiki.ts';

/** In what the two Jiras differ. */
export interface Form {
  readonly api: string;
  /** Value of the header `Authorization`. */
  readonly login: string;
  readonly search: string;
  textOf(text: TicketText): JsonObject | string;
  plainOf(text: unknown): string;
  assigneeOf(name: string): JsonObject;
  /** Of a search: where its next page begins. `answer`: of the one before it; `count`: tickets that it had. */
  nextOf(answer: Readonly<Record<string, unknown>>, page: string | null, count: number): string | null;
  pageOf(page: string | null): object;
}

/** Of a search. */
export const PAGE = 50;
/** So many tickets of the page before come again: some may have moved to the end meanwhile. */
const OVERLAP = 10;

export function formOf({ user, key }: Pick<Settings, 'user' | 'key'>): Form {
  return user === undefined ? dataCenter(key) : cloud(user, key);
}

function cloud(user: string, key: string): Form {
  return {
    api: '/rest/api/3',
    login: `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`,
    search: 'search/jql',
    textOf: adfOf,
    plainOf: (text) => (typeof text === 'string' ? text : textInAdf(text)),
    assigneeOf: (accountId) => ({ accountId }),
    nextOf: ({ nextPageToken, isLast }) =>
      typeof nextPageToken === 'string' && nextPageToken !== '' && isLast !== true ? nextPageToken : null,
    pageOf: (nextPageToken) => (nextPageToken === null ? {} : { nextPageToken }),
  };
}

function dataCenter(key: string): Form {
  return {
    api: '/rest/api/2',
    login: `Bearer ${key}`,
    search: 'search',
    textOf: wikiOf,
    plainOf: (text) => (typeof text === 'string' ? textInWiki(text) : ''),
    assigneeOf: (name) => ({ name }),
    nextOf: ({ total }, page, count) => {
      const end = Number(page ?? 0) + count;
      if (count < PAGE || (typeof total === 'number' && end >= total)) return null;
      return String(end - OVERLAP);
    },
    pageOf: (page) => ({ startAt: Number(page ?? 0) }),
  };
}
