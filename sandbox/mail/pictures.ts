import { sizeOfPng } from '../world/picture.ts';
import type { Shown } from './mime.ts';

/** A picture that stands in the mail itself, with its size and with words for who does not see it. */
const OWN = /<img src="cid:([^"]+)" width="\d+" height="\d+" alt="[^"]+"[^>]*>/g;

/** What is wrong with the pictures of a mail; undefined: nothing. */
export function picturesFault(html: string, shown: readonly Shown[]): string | undefined {
  const named = [...html.matchAll(OWN)].map(([, id]) => id!);
  const ids = shown.map(({ id }) => id);
  if (named.toSorted().join() !== ids.toSorted().join()) return 'the HTML shows other pictures than the mail has';
  const wrong = shown.find(({ type, isInline, bytes }) => {
    return type !== 'image/png' || !isInline || sizeOfPng(bytes) === undefined;
  });
  return wrong === undefined ? undefined : `${wrong.id} is no picture that stands in the text`;
}

/** What is left of the HTML is not to load anything. */
export function withoutPictures(html: string): string {
  return html.replaceAll(OWN, '');
}
