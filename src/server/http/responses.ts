import type { ServerResponse } from 'node:http';

/**
 * What is still read of a client that was answered before it had sent all, bytes: no reset overtakes the answer
 * (RFC 9112 §9.6).
 */
export const LINGER_BYTES = 1024 * 1024;

export const JSON_TYPE = 'application/json; charset=utf-8';
export const PROBLEM = 'application/problem+json; charset=utf-8';

const TITLES: Readonly<Record<number, string>> = {
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
};

export function titleOf(status: number): string {
  return TITLES[status] ?? 'Error';
}

/** RFC 9457. A 401 has no detail: it would tell a stranger what to try next. */
export function problemText(status: number, detail?: string): string {
  return JSON.stringify({ type: 'about:blank', title: titleOf(status), status, detail });
}

export function problem(response: ServerResponse, status: number, detail?: string): void {
  reply(response, status, PROBLEM, problemText(status, detail));
}

export function notAllowed(response: ServerResponse, allow: string): void {
  problem(response.setHeader('Allow', allow), 405, `use ${allow}`);
}

/** The same to a client that had its time: nothing more is read of it. */
export function lastProblem(response: ServerResponse, status: number, detail: string): void {
  const text = problemText(status, detail);
  head(response.setHeader('Connection', 'close'), status, PROBLEM, text).end(text);
}

/** The one way out: every answer says what was sent to sinks, and none waits for a body that it does not need. */
export function reply(response: ServerResponse, status: number, type: string, text: string | Uint8Array): void {
  head(response, status, type, text);
  if (isBodyOnItsWay(response)) hangUp(response, text);
  else response.end(text);
}

function head(response: ServerResponse, status: number, type: string, text: string | Uint8Array): ServerResponse {
  response.statusCode = status;
  if (!response.hasHeader('Sentry-Monitor-Sent')) response.setHeader('Sentry-Monitor-Sent', 'none');
  return response
    .setHeader('Cache-Control', 'no-store')
    .setHeader('Content-Type', type)
    .setHeader('Content-Length', Buffer.byteLength(text));
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
