import { isRecord } from '../http/message.ts';
import { isFetched } from '../world/picture.ts';

export type Posted = { readonly content?: string; readonly embeds?: readonly Embed[] };
type Embed = { readonly description?: string; readonly image?: { readonly url: string } };

/** Characters of the texts of an embed. */
const TEXTS: Readonly<Record<string, number>> = { title: 256, description: 4096 };
const KNOWN = ['content', 'embeds', 'allowed_mentions'];
const IN_EMBEDS = [...Object.keys(TEXTS), 'color', 'url', 'image'];

/** What is wrong with a message; undefined: nothing. */
export function messageFault(body: unknown): string | undefined {
  if (!isRecord(body)) return 'no object';
  const strange = Object.keys(body).find((key) => !KNOWN.includes(key));
  if (strange !== undefined) return `${strange}: not known`;
  const { content = '', embeds = [] } = body;
  if (typeof content !== 'string' || content.trim().length > 2000) return 'content: must be 2000 or fewer in length';
  if (!Array.isArray(embeds) || embeds.length > 10) return 'embeds: must be 10 or fewer in length';
  if (content.trim() === '' && embeds.length === 0) return 'cannot send an empty message';
  return embedsFault(embeds);
}

function embedsFault(embeds: readonly unknown[]): string | undefined {
  let all = 0;
  for (const [index, embed] of embeds.entries()) {
    if (!isRecord(embed)) return `embeds[${String(index)}]: no object`;
    const strange = Object.keys(embed).find((key) => !IN_EMBEDS.includes(key));
    if (strange !== undefined) return `embeds[${String(index)}].${strange}: not known`;
    for (const [key, most] of Object.entries(TEXTS)) {
      const text = embed[key] ?? '';
      if (typeof text !== 'string' || text.trim().length > most) return `embeds[${String(index)}].${key}: too long`;
      all += text.trim().length;
    }
    const image = embed['image'];
    if (image !== undefined && !(isRecord(image) && isFetched(image['url'], 2048)))
      return `embeds[${String(index)}].image: no address`;
    if (!Number.isInteger(embed['color'] ?? 0)) return `embeds[${String(index)}].color: no number`;
  }
  return all > 6000 ? 'embeds: more than 6000 characters in all' : undefined;
}
