import { isRecord } from '../http/message.ts';
import type { Picture } from '../world/picture.ts';
import type { Card } from './card-rules.ts';

/** What a card says, a line for each of its elements. */
export function linesOf(card: Card): readonly string[] {
  return (card['body'] as unknown[]).flatMap(linesIn);
}

function linesIn(element: unknown): readonly string[] {
  if (!isRecord(element)) return [];
  const { type, text, title, url, items, inlines, actions } = element;
  if (type === 'Image') return [];
  if (typeof url === 'string') return [`${String(title)}: ${url}`];
  if (typeof text === 'string') return [text];
  if (Array.isArray(inlines)) return [inlines.flatMap(linesIn).join('')];
  return [items, actions].flatMap((list) => (Array.isArray(list) ? list.flatMap(linesIn) : []));
}

/** Its picture; undefined: it has none. */
export function pictureIn(card: Card): Picture | undefined {
  const image = (card['body'] as unknown[]).filter(isRecord).find(({ type }) => type === 'Image');
  return image === undefined ? undefined : { src: String(image['url']), alt: String(image['altText']) };
}
