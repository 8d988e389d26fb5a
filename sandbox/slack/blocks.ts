import { isRecord } from '../http/message.ts';
import { isFetched, type Picture } from '../world/picture.ts';
import { actionFault, idTwice } from './actions.ts';
import { markupFault, unescaped } from './mrkdwn.ts';

/** What is wrong with blocks, in Slack's word and in ours; undefined: nothing. */
export type BlockFault = { readonly word: string; readonly why: string };

const MOST_BLOCKS = 50;
/** All of them together. */
const MOST_LETTERS = 13_200;

export function blocksFault(blocks: unknown): BlockFault | undefined {
  if (!Array.isArray(blocks)) return { word: 'invalid_blocks_format', why: 'blocks is no list' };
  if (blocks.length > MOST_BLOCKS) return wrong(`${String(blocks.length)} blocks`);
  const letters = linesOf(blocks, true).join('').length;
  if (letters > MOST_LETTERS) return { word: 'msg_blocks_too_long', why: `${String(letters)} letters in all` };
  const faults = blocks.map((block: unknown, index) => {
    const why = blockFault(block);
    return why === undefined ? undefined : wrong(`blocks[${String(index)}]: ${why}`);
  });
  const twice = idTwice(blocks);
  return faults.find((fault) => fault !== undefined) ?? (twice === undefined ? undefined : wrong(`${twice} twice`));
}

function wrong(why: string): BlockFault {
  return { word: 'invalid_blocks', why };
}

type Rule = (block: Readonly<Record<string, unknown>>) => string | undefined;

const BLOCKS: Readonly<Record<string, Rule>> = {
  actions: ({ elements }) => firstIn(elements, 25, actionFault),
  header: ({ text }) => objectFault(text, 150, ['plain_text']),
  section: ({ text }) => objectFault(text, 3000, ['plain_text', 'mrkdwn']),
  divider: () => undefined,
  context: ({ elements }) => firstIn(elements, 10, (element) => objectFault(element, 3000, ['plain_text', 'mrkdwn'])),
  rich_text: ({ elements }) => firstIn(elements, 50, sectionFault),
  image: ({ image_url: url, alt_text: alt }) =>
    isFetched(url, 2000) ? textFault(alt, 2000) : 'image_url is no address',
};
const KEYS: Readonly<Record<string, readonly string[]>> = {
  actions: ['elements'],
  header: ['text'],
  section: ['text'],
  divider: [],
  context: ['elements'],
  rich_text: ['elements'],
  image: ['image_url', 'alt_text'],
};

function blockFault(block: unknown): string | undefined {
  if (!isRecord(block)) return 'no object';
  const { type, block_id: id, ...rest } = block;
  const rule = typeof type === 'string' ? BLOCKS[type] : undefined;
  if (rule === undefined) return `type ${JSON.stringify(type)} is not known`;
  if (id !== undefined && (typeof id !== 'string' || id.length > 255)) return 'block_id';
  const strange = Object.keys(rest).find((key) => !KEYS[type as string]!.includes(key));
  return strange === undefined ? rule(rest) : `${strange} is not known`;
}

function objectFault(object: unknown, most: number, types: readonly string[]): string | undefined {
  if (!isRecord(object)) return 'text is no object';
  const { type, text, emoji, verbatim, ...rest } = object;
  if (typeof type !== 'string' || !types.includes(type)) return `text of type ${JSON.stringify(type)}`;
  if (Object.keys(rest).length > 0) return `${Object.keys(rest).join(', ')} is not known`;
  if (emoji !== undefined && (typeof emoji !== 'boolean' || type !== 'plain_text')) return 'emoji';
  if (verbatim !== undefined && (typeof verbatim !== 'boolean' || type !== 'mrkdwn')) return 'verbatim';
  return textFault(text, most) ?? (type === 'mrkdwn' ? markupFault(text as string) : undefined);
}

const SECTIONS = ['rich_text_section', 'rich_text_preformatted'];

function sectionFault(section: unknown): string | undefined {
  const isKnown = isRecord(section) && SECTIONS.includes(String(section['type']));
  if (!isKnown) return 'no rich_text_section';
  return firstIn(section['elements'], 200, elementFault);
}

const STYLES = ['bold', 'italic', 'strike', 'code'];

function elementFault(element: unknown): string | undefined {
  if (!isRecord(element)) return 'no object';
  const { type, text, url, name, style, ...rest } = element;
  if (Object.keys(rest).length > 0) return `${Object.keys(rest).join(', ')} is not known`;
  const isStyle =
    style === undefined ||
    (isRecord(style) && Object.entries(style).every(([key, on]) => STYLES.includes(key) && typeof on === 'boolean'));
  if (!isStyle) return 'style';
  if (type === 'emoji') return typeof name === 'string' && /^[a-z0-9_+-]+$/.test(name) ? undefined : 'name';
  if (type === 'link')
    return (
      (typeof url === 'string' && URL.canParse(url) ? undefined : 'url') ??
      textFault(url, 3000) ??
      textFault(text, 3000)
    );
  return type === 'text' ? textFault(text, 13_200) : `type ${JSON.stringify(type)} is not known`;
}

function textFault(text: unknown, most: number): string | undefined {
  if (typeof text !== 'string' || text === '') return 'a text is missing';
  if (text.length > most) return `a text of ${String(text.length)} letters, and ${String(most)} are the most`;
  return text.isWellFormed() && !text.includes('\u0000') ? undefined : 'a text with half a character, or none';
}

function firstIn(list: unknown, most: number, faultOf: (item: unknown) => string | undefined): string | undefined {
  if (!Array.isArray(list) || list.length === 0 || list.length > most) return `elements: 1 to ${String(most)}`;
  return list.map(faultOf).find((fault) => fault !== undefined);
}

/** The picture of a message; undefined: it has none. */
export function pictureIn(blocks: readonly unknown[]): Picture | undefined {
  const image = blocks.filter(isRecord).find(({ type }) => type === 'image');
  return image === undefined ? undefined : { src: String(image['image_url']), alt: String(image['alt_text']) };
}

/** What people read, a line a block; `counted`: with the addresses of links, which Slack counts. */
export function linesOf(blocks: readonly unknown[], counted = false): readonly string[] {
  return blocks.map((block) => wordsIn(block, counted));
}

function wordsIn(part: unknown, counted: boolean): string {
  if (Array.isArray(part)) return part.map((it) => wordsIn(it, counted)).join('');
  if (!isRecord(part)) return '';
  const { type, text, elements, url } = part;
  const own = typeof text === 'string' ? text : wordsIn(text, counted);
  const said = type === 'mrkdwn' ? unescaped(own) : own;
  return `${said}${counted && typeof url === 'string' ? url : ''}${wordsIn(elements, counted)}`;
}
