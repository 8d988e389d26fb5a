import { json, type VendorRequest } from '../http/message.ts';
import { seek } from '../events/ordered.ts';
import { Refusal } from '../sentry/errors.ts';
import type { State } from '../world/state.ts';
import { type Rank, type RankForm, RANKS } from './ranks.ts';

/** A list in the order it is shown in. Its pages begin at a rank: what comes before it later does not move them. */
export type Listing<T> = {
  readonly items: readonly T[];
  rank(item: T): Rank;
  readonly form: RankForm;
  readonly falling: boolean;
};

export type ListPage<T> = { readonly items: readonly T[]; readonly headers: Record<string, string> };

type Place = { readonly rank: Rank | undefined; readonly skip: number; readonly back: boolean };

const DEFAULT_SIZE = 50;
const MAX_SIZE = 100;
const MAX_HITS = 1000;

/** `limit`, and whatever `limit` cannot be is the default; `per_page` means nothing here. */
export function sizeOf(query: URLSearchParams): number {
  const limit = query.get('limit') ?? '';
  return /^\d+$/.test(limit) && Number(limit) > 0 ? Math.min(MAX_SIZE, Number(limit)) : DEFAULT_SIZE;
}

export function readPage<T>({ settings }: State, request: VendorRequest, listing: Listing<T>): ListPage<T> {
  const size = sizeOf(request.query);
  const start = pageStart(request.query, listing);
  const end = start + size;
  const { items } = listing;
  const previous = start > 0 ? cursorAt(listing, start, true) : undefined;
  const next = items.length > end ? cursorAt(listing, end, false) : undefined;
  const headers = {
    link: linkText(settings, [linkEntry(request, 'previous', previous), linkEntry(request, 'next', next)].join(', ')),
    'x-hits': String(Math.min(MAX_HITS, items.length)),
    'x-max-hits': String(MAX_HITS),
  };
  return { items: items.slice(start, end), headers };
}

/** Whether nothing past the list's end could change the page, nor its `X-Hits`. */
export function isEnough<T>(query: URLSearchParams, listing: Listing<T>): boolean {
  const { items } = listing;
  return items.length > MAX_HITS && items.length > pageStart(query, listing) + sizeOf(query);
}

function pageStart<T>(query: URLSearchParams, listing: Listing<T>): number {
  const { rank, skip, back } = readCursor(query.get('cursor'), listing.form);
  const index = skip + (rank === undefined ? 0 : seekRank(listing, rank));
  return back ? Math.max(0, index - sizeOf(query)) : index;
}

function seekRank<T>({ items, rank, falling }: Listing<T>, to: Rank): number {
  return seek(items, (item) => (falling ? rank(item) > to : rank(item) < to));
}

/** Base64 of `p=<rank>`, with `o=<how many of that rank come before>` and `r=1` to go back. */
function cursorAt<T>(listing: Listing<T>, index: number, back: boolean): string {
  const item = listing.items[index] ?? listing.items.at(-1);
  if (item === undefined) return '';
  const rank = listing.rank(item);
  const skip = index - seekRank(listing, rank);
  const tokens = new URLSearchParams(skip === 0 ? {} : { o: String(skip) });
  if (back) tokens.set('r', '1');
  tokens.set('p', RANKS[listing.form].text(rank));
  return Buffer.from(tokens.toString()).toString('base64');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readCursor(cursor: string | null, form: RankForm): Place {
  if (cursor === null || cursor === '') return { rank: undefined, skip: 0, back: false };
  const tokens = new URLSearchParams(BASE64.test(cursor) ? Buffer.from(cursor, 'base64').toString('utf8') : '');
  const skip = tokens.get('o') ?? '0';
  const position = tokens.get('p');
  const rank = position === null ? undefined : RANKS[form].parse(position);
  if (rank === undefined || !/^\d+$/.test(skip)) throw new Refusal(json(400, ['Invalid page cursor']));
  return { rank, skip: Number(skip), back: tokens.get('r') === '1' };
}

/** Since 2024 the header is a set of one text, as Python prints it. */
function linkText({ glitchtipRelease }: State['settings'], entries: string): string {
  return glitchtipRelease === '2022' ? entries : `{'${entries}'}`;
}

/** Without a page to lead to the address is the request's own, the cursor it came with included, and names none. */
function linkEntry(request: VendorRequest, rel: string, cursor: string | undefined): string {
  const query = new URLSearchParams(request.query);
  if (cursor !== undefined) query.set('cursor', cursor);
  const url = `${request.base}${request.path}${query.size === 0 ? '' : `?${query.toString()}`}`;
  if (cursor === undefined) return `<${url}>; rel="${rel}"; results="false"`;
  return `<${url}>; rel="${rel}"; results="true"; cursor="${cursor}"`;
}
