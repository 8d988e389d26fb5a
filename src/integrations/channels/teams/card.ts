import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import type { ChartSaid } from '../../../core/chart/said.ts';
import { chartInWords, textBars } from '../../../core/chart/words.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';

/** Of the whole message, in UTF-8 bytes; at 28 KB the workflow breaks off, and nobody is told. */
const MOST_BYTES = 26_000;
/** A longer address is no link of ours. */
const LINK = 2000;
/** UTF-16 units of what stands for a picture. */
const ALT = 1000;

type Form = 'rich' | 'plain';

/** An adaptive card in the envelope that Workflows takes. `picture`: address of the message's own; null: none. */
export function fit(message: Message, form: Form, picture: string | null): Fitted {
  const { rendered, leftOut } = fitWords(
    message,
    (words) => envelope(form === 'rich' ? cardOf(words, picture) : plainCard(words)),
    (body) => Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES,
  );
  return { body: rendered, leftOut };
}

function envelope(body: readonly JsonObject[]): JsonObject {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
    msteams: { width: 'full' },
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function cardOf({ head, notes, chart, alerts, more, foot }: Worded, picture: string | null): readonly JsonObject[] {
  return [
    line(head, { size: 'Large', weight: 'Bolder' }),
    ...notes.filter((note) => note !== head).map((note) => line(note)),
    ...(chart === null ? [] : chartElements(chart, picture)),
    ...alerts.map(containerOf),
    ...(more === null ? [] : [line(more.text, { weight: 'Bolder' }), ...buttons(moreLinks(more.url))]),
    line(foot, { size: 'Small', isSubtle: true }),
  ];
}

function chartElements(chart: ChartSaid, picture: string | null): readonly JsonObject[] {
  if (picture === null) return textBars(chart).map((bars) => line(bars, { fontType: 'Monospace' }));
  return [{ type: 'Image', url: picture, altText: chartInWords(chart, ALT) }];
}

const STYLES = { critical: 'attention', warning: 'warning', info: 'default' } as const;

function containerOf(alert: WordedAlert): JsonObject {
  const { severity, title, calls, why, when, rule, ends, hits, mute, links } = alert;
  return {
    type: 'Container',
    separator: true,
    style: STYLES[severity],
    items: [
      line(title, { weight: 'Bolder' }),
      ...calls.map((call) => line(call, { size: 'Small', fontType: 'Monospace' })),
      line(why),
      line([when, rule, ...(ends === null ? [] : [ends])].join('; '), { size: 'Small', isSubtle: true }),
      ...hits.map(({ text }) => line(text, { size: 'Small' })),
      line(mute, { size: 'Small', fontType: 'Monospace' }),
      ...buttons(links),
    ],
  };
}

/** NOTE: a run of text, because a block of text reads Markdown, in which clients differ about what is escaped. */
function line(text: string, look: JsonObject = {}): JsonObject {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...look }] };
}

function moreLinks(url: string | null): WordedAlert['links'] {
  return url === null ? [] : [{ label: 'All of them', url }];
}

function buttons(links: WordedAlert['links']): readonly JsonObject[] {
  const actions = links
    .filter(({ url }) => url.length <= LINK)
    .map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url }));
  return actions.length === 0 ? [] : [{ type: 'ActionSet', actions }];
}

/** Text alone, and links as text. */
function plainCard({ head, notes, chart, alerts, more, foot }: Worded): readonly JsonObject[] {
  const lines = alerts.flatMap(({ title, why, when, rule, mute, links }) => [
    title,
    `${why}; ${when}; ${rule}; ${mute}`,
    ...links.filter(({ url }) => url.length <= LINK).map(({ url }) => url),
  ]);
  const bars = chart === null ? [] : textBars(chart);
  return [head, ...notes, ...bars, ...lines, ...(more === null ? [] : [more.text]), foot].map((text) => line(text));
}
