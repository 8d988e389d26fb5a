import { dataUrl, type Picture } from '../world/picture.ts';
import { headerOf, type Part, partOf, shownIn, textOf, wordsIn } from './mime.ts';
import { picturesFault, withoutPictures } from './pictures.ts';

export type Envelope = { readonly from: string; readonly to: readonly string[] };

/** What people see of a mail. */
export type Read = {
  readonly id: string;
  readonly thread: string | null;
  readonly subject: string;
  readonly text: string;
  /** Its pictures stand in it. */
  readonly html?: string;
  readonly picture?: Picture;
};

const ONCE = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'auto-submitted', 'list-id'];
const KNOWN = [
  ...ONCE,
  ...['in-reply-to', 'references', 'importance', 'x-priority', 'x-auto-response-suppress'],
  ...['content-type', 'content-transfer-encoding', 'x-mailer', 'x-msmail-priority'],
];

/** What is wrong with a mail, by the rules of mail and by what ours should be; undefined: nothing. */
export function mailFault(raw: string, { from, to }: Envelope): string | undefined {
  if (/(^|[^\r])\n|\r(?!\n)/.test(raw)) return 'a line ends with half of its end';
  if (raw.split('\r\n').some((line) => line.length > 998)) return 'a line of more than 998 octets';
  if (/[^\x01-\x7f]/.test(raw)) return 'it is not plain ASCII, or has a NUL';
  const mail = partOf(raw);
  const strange = mail.headers.find(([name]) => !KNOWN.includes(name));
  if (strange !== undefined) return `a header ${JSON.stringify(strange[0])}`;
  const wrong = ONCE.find((name) => mail.headers.filter(([known]) => known === name).length !== 1);
  if (wrong !== undefined) return `${wrong} stands there not once`;
  if (to.length !== 1) return `${String(to.length)} recipients: each has a mail of its own`;
  if (addressIn(headerOf(mail, 'to')!) !== to[0]) return 'to is somebody else';
  if (addressIn(headerOf(mail, 'from')!) !== from) return 'from is somebody else';
  return idFault(mail) ?? contentFault(mail);
}

function idFault(mail: Part): string | undefined {
  const id = /^<[\w.-]{1,120}@[a-z0-9.-]+>$/;
  const parents = [headerOf(mail, 'in-reply-to'), headerOf(mail, 'references')];
  const wrong = [headerOf(mail, 'message-id'), ...parents].find((it) => it !== undefined && !id.test(it));
  if (wrong !== undefined) return `${wrong} is no id of a mail`;
  if (headerOf(mail, 'auto-submitted') !== 'auto-generated') return 'robots would answer it';
  return parents[0] === parents[1] ? undefined : 'in-reply-to and references differ';
}

/** NOTE: a mail that loads something tells who read it, and when. */
function contentFault(mail: Part): string | undefined {
  const text = textOf(mail, 'text/plain');
  const html = textOf(mail, 'text/html');
  if (text === undefined || text.trim() === '') return 'no text for who reads text alone';
  if (!/^(?!.*[\u0000-\u0008\u000b-\u001f\u007f-\u009f]).+$/s.test(text)) return 'control characters';
  if (html === undefined) return undefined;
  const shown = picturesFault(html, shownIn(mail));
  if (shown !== undefined) return shown;
  if (
    /<(script|img|iframe|link|object|form|svg|video|base)\b|\burl\(|@import|\bon\w+=/i.test(
      withoutPictures(withoutTexts(html)),
    )
  )
    return 'the HTML runs or loads something';
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url!);
  return links.every((url) => /^https?:\/\//.test(url)) ? undefined : 'a link that is no web address';
}

/** Only tags: what is written between them is escaped, or it would be one. */
function withoutTexts(html: string): string {
  return [...html.matchAll(/<[^>]*>|<style>[^]*?<\/style>/g)].map(([tag]) => tag).join('\n');
}

function addressIn(header: string): string {
  return /<([^<>]+)>$/.exec(header)?.[1] ?? header;
}

export function readMail(raw: string): Read {
  const mail = partOf(raw);
  const [picture] = shownIn(mail);
  const src = picture === undefined ? '' : dataUrl(picture.bytes);
  const whole = textOf(mail, 'text/html');
  const html = picture === undefined ? whole : whole?.replaceAll(`cid:${picture.id}`, src);
  return {
    id: headerOf(mail, 'message-id')!,
    thread: headerOf(mail, 'in-reply-to') ?? null,
    subject: wordsIn(headerOf(mail, 'subject')!),
    text: textOf(mail, 'text/plain')!,
    ...(html === undefined ? {} : { html }),
    ...(picture === undefined ? {} : { picture: { src, alt: /<img [^>]*alt="([^"]*)"/.exec(html ?? '')?.[1] ?? '' } }),
  };
}
