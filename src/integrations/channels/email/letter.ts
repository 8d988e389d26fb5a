import type { Message } from '../../../core/model/alerting/message.ts';
import type { Mailbox } from './addresses.ts';
import type { MailBody } from './fit.ts';

/** A mail with all its headers, as nodemailer takes it. */
export interface Letter {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  readonly messageId: string;
  readonly date: Date;
  readonly inReplyTo?: string;
  readonly references?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A picture that the HTML shows. */
export interface Attachment {
  readonly filename: string;
  readonly content: Buffer;
  readonly contentType: string;
  readonly contentDisposition: 'inline';
  /** What the HTML calls it. */
  readonly cid: string;
}

interface Sender {
  readonly from: Mailbox;
  /** Name of the channel. */
  readonly channel: string;
}

/**
 * NOTE: addresses are objects and never one text: nodemailer reads a text as a list of addresses. A repeat has the same
 * id, by which some receivers drop it.
 */
export function letterOf(
  { to, subject, text, html, importance }: MailBody,
  { id, thread }: Pick<Message, 'id' | 'thread'>,
  { from, channel }: Sender,
  now: number,
): Letter {
  const host = from.address.slice(from.address.lastIndexOf('@') + 1);
  const parent = thread !== null && /^<[\x21-\x7e]{3,250}>$/.test(thread) ? thread : undefined;
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    messageId: `<${localOf(id)}@${host}>`,
    date: new Date(now),
    ...(parent === undefined ? {} : { inReplyTo: parent, references: parent }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `<${channel.replace(/\/.*$/s, '')}.sentry-monitor.${host}>`,
      ...(importance === undefined ? {} : { Importance: importance, 'X-Priority': '1' }),
    },
  };
}

/** What may stand before an @ without quotes. */
function localOf(id: string): string {
  return id
    .replace(/[^\w-]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .slice(-120);
}
