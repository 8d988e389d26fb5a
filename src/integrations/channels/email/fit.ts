import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import type { Worded } from '../../../core/alerts/words/worded.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { Drawing } from '../../../core/chart/picture/drawing.ts';
import { pictureOf } from '../../../core/chart/picture/picture.ts';
import { digestContent } from './digest/content.ts';
import { htmlOf } from './html.ts';
import { plainOf } from './plain.ts';

/** Programs for mail cut off what is longer, UTF-8 bytes. */
const MOST_BYTES = 100_000;

/** What of a mail its message says. */
export type MailBody = {
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly importance?: 'high';
  /** Of a digest's chart. */
  readonly picture?: {
    /** What is drawn. */
    readonly drawing: Drawing;
    /** The mail that has it; `html` is whole without. */
    readonly html: string;
  };
};

/** What a mail calls its picture. */
export const PICTURE_ID = 'chart@sentry-monitor';

/** The plain form has no HTML. */
export function fit(message: Message, form: 'rich' | 'plain', to: string): Fitted {
  const isCritical = message.alerts.some(({ severity, state }) => severity === 'critical' && state !== 'resolved');
  const render = (words: Worded): MailBody => ({
    to,
    subject: words.head,
    text: plainOf(words),
    ...(form === 'rich' ? richly(words, message) : {}),
    ...(isCritical ? { importance: 'high' } : {}),
  });
  const { rendered, leftOut } = fitWords(message, render, isShort, 'all');
  return { body: rendered, leftOut };
}

function richly(words: Worded, { digest }: Message): Pick<MailBody, 'html' | 'picture'> {
  if (digest === undefined) return { html: htmlOf(words) };
  const { chart } = words;
  const htmlWith = (picture: string | null): string => htmlOf(words, digestContent(digest, chart, picture));
  const html = htmlWith(null);
  return chart === null ? { html } : { html, picture: { drawing: pictureOf(chart), html: htmlWith(PICTURE_ID) } };
}

function isShort({ text, html = '', picture }: MailBody): boolean {
  return [text, html, picture?.html ?? ''].every((it) => Buffer.byteLength(it) <= MOST_BYTES);
}
