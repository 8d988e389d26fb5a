import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { see } from '../reasons/see.ts';
import { WHY, whyLine } from './why.ts';

/**
 * What is still read of a client that was answered before it had sent all, bytes: no reset overtakes the answer
 * (RFC 9112 §9.6).
 */
export const LINGER_BYTES = 1024 * 1024;

export const JSON_TYPE = 'application/json; charset=utf-8';
export const PROBLEM = 'application/problem+json; charset=utf-8';

const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  417: 'Expectation Failed',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

/** Of answers that refuse. */
export type Refusal = keyof typeof TITLES;

export function titleOf(status: Refusal): string {
  return TITLES[status];
}

/**
 * RFC 9457. `detail`: one sentence for people, without secrets. That of a 401 tells the form of the header and nothing
 * that helps to guess: not whether there is a token, nor what was wrong with the one that came.
 */
export function problemText(status: Refusal, detail: string): string {
  return JSON.stringify({ type: see(`http-${status}`), title: titleOf(status), status, detail });
}

export function problem(response: ServerResponse, status: Refusal, detail: string): void {
  reply(response.setHeader(WHY, whyLine(detail)), status, PROBLEM, problemText(status, detail));
}

/** `variable`: the setting that has the tokens. */
export function unauthorized(response: ServerResponse, variable: string): void {
  problem(response, 401, `send the header "Authorization: Bearer <token>", with a token of ${variable}`);
}

/** `seconds`: whole ones until it is worth trying again. */
export function tooMany(response: ServerResponse, seconds: number): void {
  const detail = `too many requests without a valid token; with one it works at once, without in ${seconds} s`;
  problem(response.setHeader('Retry-After', seconds), 429, detail);
}

export function notAllowed(response: ServerResponse, allow: string): void {
  problem(response.setHeader('Allow', allow), 405, `use ${allow}`);
}

/** The same to a client that had its time: nothing more is read of it. */
export function lastProblem(response: ServerResponse, status: Refusal, detail: string): void {
  const text = problemText(status, detail);
  response.setHeader('Connection', 'close').setHeader(WHY, whyLine(detail));
  head(response, status, PROBLEM, text).end(text);
}

/** The one way out: every answer says what was sent to sinks, and none waits for a body that it does not need. */
export function reply(response: ServerResponse, status: number, type: string, text: string | Uint8Array): void {
  head(response, status, type, text);
  if (isBodyOnItsWay(response)) hangUp(response, text);
  else response.end(text);
}

/**
 * An answer whose length nobody knows yet. When a part fails after the first, the connection is cut, so that nobody
 * takes what came for all of it.
 */
export async function replyInParts(
  response: ServerResponse,
  type: string,
  parts: AsyncIterable<string>,
): Promise<void> {
  const all = parts[Symbol.asyncIterator]();
  const first = await all.next();
  typed(response, 200, type);
  if (response.req.method === 'HEAD') return void response.end();
  await pipeline(Readable.from(restOf(first, all)), response).catch(() => undefined);
}

async function* restOf(first: IteratorResult<string>, all: AsyncIterator<string>): AsyncGenerator<string> {
  for (let part = first; part.done !== true; part = await all.next()) if (part.value !== '') yield part.value;
}

function head(response: ServerResponse, status: number, type: string, text: string | Uint8Array): ServerResponse {
  return typed(response, status, type).setHeader('Content-Length', Buffer.byteLength(text));
}

function typed(response: ServerResponse, status: number, type: string): ServerResponse {
  response.statusCode = status;
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  if (!response.hasHeader('Sentry-Monitor-Sent')) response.setHeader('Sentry-Monitor-Sent', 'none');
  return response.setHeader('Content-Type', type);
}

function isBodyOnItsWay({ req: { complete, headers } }: ServerResponse): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}

/** Answers now and closes our half. The client is read until its body ends, it goes, is late, or has sent too much. */
function hangUp(response: ServerResponse, text: string | Uint8Array): void {
  const { req: request } = response;
  const { socket } = request;
  response.setHeader('Connection', 'close');
  if (request.method === 'HEAD') response.flushHeaders(); // nothing else of it would be sent
  response.write(text, () => {
    socket.end();
    const from = socket.bytesRead;
    request.on('data', () => void (socket.bytesRead - from > LINGER_BYTES && socket.destroy()));
    request.on('end', () => socket.destroySoon());
  });
}
