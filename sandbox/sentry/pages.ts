import type { VendorRequest } from '../http/message.ts';
import { badRequest } from './errors.ts';

export type Page = { readonly offset: number; readonly size: number };

/** `value:offset:is_prev`; only the offset counts here. */
export function readPage(query: URLSearchParams): Page {
  return { offset: readOffset(query.get('cursor')), size: readSize(query.get('per_page')) };
}

export function readOffset(cursor: string | null): number {
  if (cursor === null || cursor === '') return 0;
  const parts = /^-?\d+:(\d+):[01]$/.exec(cursor);
  if (parts === null) throw badRequest('Invalid cursor parameter.');
  return Number(parts[1]);
}

export function readSize(text: string | null): number {
  if (text === null || text === '') return 100;
  if (!/^-?\d+$/.test(text)) throw badRequest('Invalid per_page parameter.');
  const size = Number(text);
  if (size < 1 || size > 100) throw badRequest('Invalid per_page value. Must be between 1 and 100.');
  return size;
}

/**
 * `next` is always there, with results true or false. Scheme and host are not the sandbox's own, as behind a proxy:
 * only the cursor may be used.
 */
export function linkHeader(request: VendorRequest, page: Page, more: boolean, value = 0): string {
  const back = Math.max(0, page.offset - page.size);
  return [
    linkEntry(request, 'previous', page.offset > 0, `${String(value)}:${String(back)}:1`),
    linkEntry(request, 'next', more, `${String(value)}:${String(page.offset + page.size)}:0`),
  ].join(', ');
}

export function linkEntry(request: VendorRequest, rel: string, results: boolean, cursor: string): string {
  const query = new URLSearchParams(request.query);
  query.delete('cursor');
  return (
    `<http://internal.sentry.example.com${request.path}?${query.toString()}&cursor=${cursor}>; ` +
    `rel="${rel}"; results="${String(results)}"; cursor="${cursor}"`
  );
}
