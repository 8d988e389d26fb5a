import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { notAllowed, reply, replyInParts } from '../http/responses.ts';

/** What a page's request is answered with. */
export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The text packed, once for all who get it; null: it is not worth it. */
  packed(): Promise<Buffer> | null;
}

/** Below this it is not worth packing, bytes. */
const PACK_FROM = 1_024;

/** Nothing of others, nothing inline, in nobody's frame. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  // NOTE: with none at all a browser would not say either where a form comes from.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

const pack = promisify(gzip);

export function htmlAnswer(status: number, text: string): PageAnswer {
  return answerOf(status, 'text/html; charset=utf-8', text);
}

export function answerOf(status: number, type: string, text: string): PageAnswer {
  let packed: Promise<Buffer> | null = null;
  return { status, type, text, packed: () => (text.length < PACK_FROM ? null : (packed ??= pack(text, { level: 5 }))) };
}

export async function send(request: Request, response: Response, answer: PageAnswer): Promise<void> {
  const { status, type, text } = answer;
  response.set(HEADERS).set('Vary', 'Accept-Encoding');
  const packed = request.acceptsEncodings('gzip') === 'gzip' ? answer.packed() : null;
  if (packed !== null) response.set('Content-Encoding', 'gzip');
  reply(response, status, type, packed === null ? text : await packed);
}

/** A file, as its parts come. */
export async function sendFile(response: Response, name: string, parts: AsyncIterable<string>): Promise<void> {
  response.set(HEADERS).set('Content-Disposition', `attachment; filename="${name}"`);
  await replyInParts(response, 'text/csv; charset=utf-8; header=present', parts);
}

/** What was asked for is done; the browser looks at the page that shows it. */
export function sendTo(response: Response, path: string): void {
  reply(response.set(HEADERS).set('Location', path), 303, 'text/plain; charset=utf-8', '');
}

export function notDone(_request: Request, response: Response): void {
  notAllowed(response, 'GET, HEAD, POST');
}

export function refuseVerb(_request: Request, response: Response): void {
  notAllowed(response, 'GET, HEAD');
}
