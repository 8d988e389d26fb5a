import { chartInWords } from '../../../core/chart/words.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { barsOf, footOf, notesOf } from './text.ts';

/** UTF-16 units of a header. */
const MOST_HEADER = 150;
/** UTF-16 units of what stands for a picture. */
const MOST_ALT = 2000;
/** UTF-16 units of an address that becomes a link. */
const MOST_URL = 2000;

/**
 * NOTE: what others wrote stands only in plain text and in rich text, where Slack reads no markup: there is no escape
 * for `*` and backquotes in its markup.
 */
export function blocksOf(words: Worded, { picture, below }: Besides): readonly JsonObject[] {
  const { head, alerts, more } = words;
  const notes = notesOf(words);
  return [
    { type: 'header', text: plainText(cutUnits(head, MOST_HEADER)) },
    ...(notes.length === 0 ? [] : [rich([text(notes.join('\n'), { italic: true })])]),
    ...chartBlocks(words, picture),
    ...alerts.flatMap((alert, place) => [rich(alertElements(alert)), ...below(place)]),
    ...(more === null ? [] : [rich([linked(more)])]),
    { type: 'context', elements: [plainText(footOf(words))] },
  ];
}

/** `picture`: its address; `below`: what is to be pressed below the alert at a place, from 0. */
interface Besides {
  readonly picture: string | null;
  below(place: number): readonly JsonObject[];
}

function chartBlocks(words: Worded, url: string | null): readonly JsonObject[] {
  const { chart } = words;
  if (chart === null) return [];
  if (url !== null && url.length <= MOST_URL)
    return [{ type: 'image', image_url: url, alt_text: chartInWords(chart, MOST_ALT) }];
  const element = { type: 'rich_text_preformatted', elements: [text(barsOf(words).join('\n'))] };
  return [{ type: 'rich_text', elements: [element] }];
}

const COUNTED: ReadonlySet<string> = new Set(['text', 'url', 'value', 'accessibility_label']);

/** Letters that Slack counts: what people see, and addresses; what goes with buttons, to be safe. */
export function sizeOf(blocks: unknown): number {
  if (typeof blocks !== 'object' || blocks === null) return 0;
  return Object.entries(blocks)
    .map(([key, value]: [string, unknown]) => {
      const isSeen = typeof value === 'string' && COUNTED.has(key);
      return isSeen ? value.length : sizeOf(value);
    })
    .reduce((sum, size) => sum + size, 0);
}

function alertElements(alert: WordedAlert): readonly JsonObject[] {
  const { title, calls, why, hits, when, severity, rule, ends, done } = alert;
  const facts = [when, severity, rule].join('; ');
  const links = alert.links.filter(({ url }) => url.length <= MOST_URL);
  return [
    { type: 'emoji', name: emojiOf(alert) },
    text(' '),
    text(title, { bold: true }),
    ...calls.flatMap((call) => [text('\n'), text(call, { code: true })]),
    ...(done === null ? [] : [text(`\n${done}`, { bold: true })]),
    text(`\n${why}\n${facts}${ends === null ? '' : `\n${ends}`}`),
    ...hits.flatMap((hit) => [text('\n'), linked(hit)]),
    ...links.flatMap(({ label, url }, n) => [text(n === 0 ? '\n' : ' · '), { type: 'link', url, text: label }]),
  ];
}

const EMOJI = { critical: 'red_circle', warning: 'large_yellow_circle', info: 'large_blue_circle' } as const;

function emojiOf({ severity, state }: WordedAlert): string {
  return state === 'resolved' ? 'white_check_mark' : EMOJI[severity];
}

function linked({ text: said, url }: WordedAlert['hits'][number]): JsonObject {
  return url === null || url.length > MOST_URL ? text(said) : { type: 'link', url, text: said };
}

function rich(elements: readonly JsonObject[]): JsonObject {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function text(
  said: string,
  style?: { readonly bold?: true; readonly italic?: true; readonly code?: true },
): JsonObject {
  return { type: 'text', text: said, ...(style === undefined ? {} : { style }) };
}

function plainText(said: string): JsonObject {
  return { type: 'plain_text', text: said, emoji: false };
}

/** Whole characters. */
function cutUnits(said: string, most: number): string {
  if (said.length <= most) return said;
  return `${said.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
