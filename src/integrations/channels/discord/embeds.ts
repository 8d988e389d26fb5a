import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import { summaryOf, textBars } from '../../../core/chart/words.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';

/** UTF-16 units, of what is sent: the vendor does not say what it counts. */
const CONTENT = 2000;
const DESCRIPTION = 4096;
/** Over all embeds together. */
const ALL = 6000;
/** A longer address is no link of ours. */
const LINK = 500;
/** Of more alerts than this only what is needed to look at them is said. */
const IN_FULL = 3;

const COLOURS = { critical: 0xd1242f, warning: 0xbf8700, info: 0x0969da } as const;

type Form = 'rich' | 'plain';

/**
 * An embed for each alert below one line of text, which is what a telephone shows. `picture`: address of the message's
 * own; null: it has none.
 */
export function fit(message: Message, form: Form, picture: string | null): Fitted {
  const { rendered, leftOut } = fitWords(message, (words) => bodyOf(words, form, picture), isTaken);
  return { body: rendered, leftOut };
}

interface Body extends JsonObject {
  readonly content: string;
  readonly embeds: readonly Embed[];
}

interface Embed extends JsonObject {
  readonly description: string;
}

function bodyOf({ head, notes, chart, alerts, more, foot }: Worded, form: Form, picture: string | null): Body {
  const isFull = alerts.length <= IN_FULL;
  const lines = [head, ...notes.filter((note) => note !== head)].map(escape);
  const rest = more === null ? [] : [`${escape(more.text)}${more.url === null ? '' : ` ${linkTo('all', more.url)}`}`];
  const isShown = form === 'rich' && picture !== null;
  // NOTE: within such a fence nothing is markup; bars hold no backquote.
  const bars = chart === null || isShown ? [] : ['```', ...textBars(chart), '```'];
  const shown = chart !== null && isShown ? [{ description: escape(summaryOf(chart)), image: { url: picture } }] : [];
  return {
    content: [...lines, ...bars, ...rest, `-# ${escape(foot)}`].join('\n'),
    embeds: [
      ...shown,
      ...alerts.map((alert) => (form === 'rich' ? embedOf(alert, isFull) : { description: plainly(alert) })),
    ],
    allowed_mentions: { parse: [] },
  };
}

function embedOf(alert: WordedAlert, isFull: boolean): Embed {
  const { severity, title, calls, why, when, rule, ends, hits, mute, links } = alert;
  const small = isFull && ends !== null ? [when, rule, ends] : [when, rule];
  const lines = [
    `**${escape(title)}**`,
    ...calls.map(escape),
    escape(why),
    escape(small.join('; ')),
    ...hits.map(({ text, url }) => linkTo(text, url ?? '') || escape(text)),
    ...(isFull ? [escape(mute)] : []),
    links.map(({ label, url }) => linkTo(label, url)).join(' '),
  ];
  return { description: lines.filter((line) => line !== '').join('\n'), color: COLOURS[severity] };
}

function plainly({ title, why, rule }: WordedAlert): string {
  return escape(`${title}; ${why}; ${rule}`);
}

/** NOTE: in angle brackets, so that no preview of the address is fetched; what would end it there is encoded. */
function linkTo(label: string, url: string): string {
  const address = url.replace(/[<>()\s]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'));
  return address === '' || address.length > LINK ? '' : `[${escape(label)}](<${address}>)`;
}

/** What the vendor reads as something else than text: marks, mentions, links, times, emoji. */
function escape(text: string): string {
  return text.replace(/[\\*_~|`>#\-[\]()<@]|:(?=\/\/|[^\s:]+:)/g, String.raw`\$&`);
}

function isTaken({ content, embeds }: Body): boolean {
  const sizes = embeds.map(({ description }) => description.length);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return content.length <= CONTENT && sizes.every((size) => size <= DESCRIPTION) && all <= ALL;
}
