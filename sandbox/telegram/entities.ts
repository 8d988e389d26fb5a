import { isRecord } from '../http/message.ts';

const KINDS = ['bold', 'italic', 'underline', 'strikethrough', 'code', 'pre', 'text_link'];
const MOST = 100;

/** What is wrong with the marks of a text; places are in UTF-16 units. Undefined: nothing. */
export function entitiesFault(entities: unknown, text: string): string | undefined {
  if (entities === undefined) return undefined;
  if (!Array.isArray(entities)) return 'entities is no list';
  if (entities.length > MOST) return `${String(entities.length)} entities`;
  return entities.map((entity: unknown) => entityFault(entity, text)).find((fault) => fault !== undefined);
}

function entityFault(entity: unknown, text: string): string | undefined {
  if (!isRecord(entity)) return 'an entity is no object';
  const { type, offset, length, url, ...rest } = entity;
  if (typeof type !== 'string' || !KINDS.includes(type)) return `type ${JSON.stringify(type)}`;
  if (Object.keys(rest).length > 0) return `${Object.keys(rest).join(', ')} is not known`;
  if ((type === 'text_link') !== (url !== undefined)) return 'url is of text_link, and always';
  if (url !== undefined && (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url))) return 'url';
  const [from, size] = [offset, length];
  if (!Number.isInteger(from) || !Number.isInteger(size)) return 'offset and length are no whole numbers';
  const place = { from: from as number, to: (from as number) + (size as number) };
  if (place.from < 0 || place.to <= place.from || place.to > text.length) return 'it lies outside of the text';
  return isHalf(text, place.from) || isHalf(text, place.to) ? 'it begins or ends within a character' : undefined;
}

function isHalf(text: string, at: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1));
}

/** Names that Telegram makes mentions of, and so rings; in code it makes none. */
export function mentionsIn(text: string, entities: unknown): readonly string[] {
  const codes = (Array.isArray(entities) ? entities : [])
    .filter((it): it is Record<string, unknown> => isRecord(it) && (it['type'] === 'code' || it['type'] === 'pre'))
    .map((it) => [Number(it['offset']), Number(it['offset']) + Number(it['length'])] as const);
  return [...text.matchAll(/(?<![\w/])@\w{3,}/g)]
    .filter(({ index }) => !codes.some(([from, to]) => index >= from && index < to))
    .map(([name]) => name);
}
