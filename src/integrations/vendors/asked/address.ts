import { baseUrl, type Format, inWords } from '../../../config/formats.ts';
import { looksLikeKey } from '../../../config/secrets.ts';
import { askable } from './askable.ts';

const KEYS = /key|token|secret|auth|sig|passw|credential/i;

const withoutKey: Format<string> = inWords('an http or https address, without a key in it', (text) => {
  const [base = '', query, ...more] = text.split('?');
  baseUrl(base);
  if (text.includes('#')) throw new Error('has a fragment; remove everything from the # on');
  if (more.length > 0) throw new Error('has two question marks; write the second as %3F');
  const named = [...new URLSearchParams(query ?? '')];
  if (named.some(([name, value]) => KEYS.test(name) || looksLikeKey(value)))
    throw new Error('has what looks like a key in its query; remove it, and name its variable under key:');
  return new URL(text).href;
});

/** A whole address with its query; no key stands in it. */
export const askedUrl = askable(withoutKey);

/** As a request takes it. */
export function askedParts(text: string): { readonly url: string; readonly params?: readonly [string, string][] } {
  const { href, search, searchParams } = new URL(text);
  const url = href.slice(0, href.length - search.length);
  return search === '' ? { url } : { url, params: [...searchParams] };
}
