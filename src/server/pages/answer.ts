import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { notAllowed, reply } from '../http/responses.ts';

/** What a page's request is answered with. */
export interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
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
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};

const pack = promisify(gzip);

export function htmlAnswer(status: number, text: string): PageAnswer {
  return { status, type: 'text/html; charset=utf-8', text };
}

export async function send(request: Request, response: Response, { status, type, text }: PageAnswer): Promise<void> {
  response.set(HEADERS).set('Vary', 'Accept-Encoding');
  const isPacked = text.length >= PACK_FROM && request.acceptsEncodings('gzip') === 'gzip';
  if (isPacked) response.set('Content-Encoding', 'gzip');
  reply(response, status, type, isPacked ? await pack(text, { level: 5 }) : text);
}

export function refuseVerb(_request: Request, response: Response): void {
  notAllowed(response, 'GET, HEAD');
}
