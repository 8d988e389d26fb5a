import { createHash } from 'node:crypto';
import { type Answer, bare } from '../../http/message.ts';
import type { World } from '../../world/world.ts';
import { entriesOf, type Entry } from './entries.ts';
import { STYLE } from './style.ts';

/** Seconds between looks. */
const AGAIN = 5;
/** The newest so many. */
const MOST = 100;

const HASH = createHash('sha256').update(STYLE).digest('base64');
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A mail has its pictures in it; a chat fetches them from the service. */
const IMAGES = 'img-src data: http: https:';
const CSP = `${NOTHING}; ${IMAGES}; style-src 'sha256-${HASH}'`;
/** A mail has styles of its own, and is not trusted with anything else. */
const MAIL_CSP = `${NOTHING}; img-src data:; style-src 'unsafe-inline'; sandbox`;

/** `GET /sandbox/inbox`: what people would see; with the number of a mail behind it, that mail as its reader has it. */
export function inboxAnswer(world: World, path: string, query: URLSearchParams): Answer | undefined {
  const entries = entriesOf(world.received);
  const [, , n] = path.split('/');
  if (n === undefined) return html(pageOf(entries, query.get('refresh') !== 'off'), CSP);
  const mail = entries.find((entry) => entry.html !== undefined && String(entry.n) === n);
  return mail?.html === undefined ? undefined : html(mail.html, MAIL_CSP);
}

function html(text: string, policy: string): Answer {
  return bare(200, text, { ...HEADERS, 'content-security-policy': policy });
}

function pageOf(entries: readonly Entry[], isRefreshed: boolean): string {
  const again = isRefreshed ? `<meta http-equiv="refresh" content="${String(AGAIN)}">` : '';
  const link = isRefreshed
    ? `looks again every ${String(AGAIN)} s; <a href="?refresh=off">stop that</a>`
    : '<a href="?">look again every few seconds</a>';
  const shown = entries.slice(0, MOST).map(cardOf).join('\n');
  const older = entries.length > MOST ? `<p>and ${String(entries.length - MOST)} older ones</p>` : '';
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${again}
<title>${String(entries.length)} messages</title><style>${STYLE}</style></head>
<body>
<header><h1>What arrived</h1><p>The newest first; this page ${link}.</p></header>
<main>
${shown === '' ? '<p>Nobody was told anything yet.</p>' : shown}
${older}
</main>
</body>
</html>
`;
}

function cardOf(entry: Entry): string {
  const { way, vendor, n, at, to, isReply, state, isRefused, subject, text } = entry;
  const classes = [way, ...(isReply ? ['reply'] : []), ...(state === undefined ? [] : [state])];
  const marks = [state ?? [], isRefused ? 'refused' : [], isReply ? 'reply' : []].flat();
  const mail = entry.html === undefined ? '' : ` <a href="/sandbox/inbox/${String(n)}">as mail programs show it</a>`;
  const time = new Date(at).toISOString();
  return `<article class="${[...classes, ...(isRefused ? ['refused'] : [])].join(' ')}">
<p class="head"><b>${escape(vendor)}</b> to <bdi>${escape(to)}</bdi>
<time datetime="${time}">${time.slice(11, 19)} UTC</time>
${marks.map((mark) => `<span class="mark">${mark}</span>`).join(' ')}${mail}</p>
<h2 dir="auto">${escape(subject)}</h2>
<pre dir="auto">${escape(restOf(text, subject))}</pre>${pictureOf(entry)}
</article>`;
}

function pictureOf({ picture }: Entry): string {
  return picture === undefined ? '' : `\n<img src="${escape(picture.src)}" alt="${escape(picture.alt)}">`;
}

/** The subject stands above it. */
function restOf(text: string, subject: string): string {
  return text.startsWith(`${subject}\n`) ? text.slice(subject.length + 1).trimStart() : text;
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => NAMES[sign] ?? sign);
}
