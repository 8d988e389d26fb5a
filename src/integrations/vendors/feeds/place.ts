import { type Format, inWords } from '../../../config/formats.ts';
import { askedUrl } from '../asked/address.ts';

/** Where people keep what is read now and then: an address that nobody else may know is secret. */
export type Place = { readonly url: string; readonly isSecret: boolean } | { readonly path: string };

/** Of an address that a program gives to one person alone. */
const PRIVATE = /\/private-[0-9a-f]{8}/i;

/** As a file of settings has it: no key stands in it. */
export const place: Format<Place> = inWords('an http or https address, or the whole path of a file', (text, show) => {
  if (text.startsWith('/')) return { path: text };
  if (!/^https?:/i.test(text)) throw new Error(`${show(text)} is no address and no whole path; a path begins with a /`);
  if (PRIVATE.test(text))
    throw new Error(
      'is an address that nobody else may know; keep it in a variable, under the key that ends in -secret',
    );
  return { url: askedUrl(text, show), isSecret: false };
});
