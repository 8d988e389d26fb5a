import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import type { Worded } from '../../../core/alerts/words/worded.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
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
};

/** The plain form has no HTML. */
export function fit(message: Message, form: 'rich' | 'plain', to: string): Fitted {
  const isCritical = message.alerts.some(({ severity, state }) => severity === 'critical' && state !== 'resolved');
  const render = (words: Worded): MailBody => ({
    to,
    subject: words.head,
    text: plainOf(words),
    ...(form === 'rich' ? { html: htmlOf(words) } : {}),
    ...(isCritical ? { importance: 'high' } : {}),
  });
  const { rendered, leftOut } = fitWords(message, render, isShort);
  return { body: rendered, leftOut };
}

function isShort({ text, html = '' }: MailBody): boolean {
  return Math.max(Buffer.byteLength(text), Buffer.byteLength(html)) <= MOST_BYTES;
}
