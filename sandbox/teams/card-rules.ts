import { isRecord } from '../http/message.ts';

export type Card = Readonly<Record<string, unknown>>;

/** The card of a message; undefined: it is none that Workflows takes. */
export function cardIn(body: unknown): Card | undefined {
  if (!isRecord(body) || body['type'] !== 'message' || !Array.isArray(body['attachments'])) return undefined;
  const [attachment, ...others] = body['attachments'] as unknown[];
  if (others.length > 0 || !isRecord(attachment)) return undefined;
  const { contentType, content } = attachment;
  return contentType === 'application/vnd.microsoft.card.adaptive' && isRecord(content) ? content : undefined;
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  size: ['Small', 'Default', 'Medium', 'Large', 'ExtraLarge'],
  weight: ['Lighter', 'Default', 'Bolder'],
  fontType: ['Default', 'Monospace'],
  style: ['default', 'emphasis', 'good', 'attention', 'warning', 'accent'],
};

/** By type, the properties that are known besides the type, and those of them that must be there. */
const ELEMENTS: Readonly<Record<string, { readonly may: readonly string[]; readonly must: readonly string[] }>> = {
  Container: { may: ['items', 'style', 'separator'], must: ['items'] },
  RichTextBlock: { may: ['inlines', 'separator'], must: ['inlines'] },
  TextRun: { may: ['text', 'size', 'weight', 'fontType', 'isSubtle', 'italic'], must: ['text'] },
  Image: { may: ['url', 'altText'], must: ['url', 'altText'] },
  ActionSet: { may: ['actions'], must: ['actions'] },
  'Action.OpenUrl': { may: ['title', 'url'], must: ['title', 'url'] },
};

/** What is wrong with a card; undefined: nothing. */
export function cardFault(card: Card): string | undefined {
  if (card['type'] !== 'AdaptiveCard') return 'type is not AdaptiveCard';
  if (!/^1\.[0-5]$/.test(String(card['version']))) return 'version is not known';
  if (!Array.isArray(card['body']) || card['body'].length === 0) return 'body is no list';
  return firstFault(card['body'], 'body');
}

function firstFault(elements: readonly unknown[], where: string): string | undefined {
  for (const [index, element] of elements.entries()) {
    const fault = elementFault(element, `${where}[${String(index)}]`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function elementFault(element: unknown, where: string): string | undefined {
  if (!isRecord(element)) return `${where} is no object`;
  const { type, ...rest } = element;
  const known = ELEMENTS[String(type)];
  if (known === undefined) return `${where}: ${String(type)} is not known`;
  const strange = Object.keys(rest).find((name) => !known.may.includes(name));
  if (strange !== undefined) return `${where}.${strange}: not known`;
  const missing = known.must.find((name) => rest[name] === undefined || rest[name] === '');
  if (missing !== undefined) return `${where}.${missing}: missing`;
  const wrong = Object.entries(rest).find(([name, value]) => !fits(name, value));
  if (wrong !== undefined) return `${where}.${wrong[0]}: ${JSON.stringify(wrong[1])}`;
  const inside = Object.entries(rest).find(([, value]) => Array.isArray(value));
  return inside === undefined ? undefined : firstFault(inside[1] as unknown[], `${where}.${inside[0]}`);
}

function fits(name: string, value: unknown): boolean {
  if (WORDS[name] !== undefined) return WORDS[name].includes(String(value));
  if (name === 'url') return typeof value === 'string' && /^https?:\/\//.test(value);
  if (name === 'text' || name === 'title' || name === 'altText')
    return typeof value === 'string' && value.isWellFormed();
  return Array.isArray(value) ? value.length > 0 : typeof value === 'boolean';
}
