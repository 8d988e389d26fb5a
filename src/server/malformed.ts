import { type Connection, isAwaited } from './connections.ts';
import { lastProblem, LINGER_BYTES, problem, PROBLEM, problemText, type Refusal, titleOf } from './http/responses.ts';
import { WHY, whyLine } from './http/why.ts';

const LATE = 'ERR_HTTP_REQUEST_TIMEOUT';

const WORDS: Readonly<Record<string, readonly [Refusal, string]>> = {
  [LATE]: [408, 'the request took too long to come'],
  HPE_HEADER_OVERFLOW: [431, 'request line and headers take at most 16 KiB'],
};

/**
 * What came is no HTTP, or not here in time; `code`: what the parser says. It is told once, after the answers that come
 * before, and it may finish speaking, so that no reset overtakes the answer; who was late has had that time.
 */
export function refuseMalformed(connection: Connection, code: string | undefined): void {
  const { socket, last, owed } = connection;
  const isLate = code === LATE;
  const isBody = last !== undefined && owed.has(last) && !last.req.complete;
  const isTold = connection.brokenAt !== undefined || (isBody && last.headersSent);
  connection.brokenAt ??= socket.bytesRead;
  if (isTold) {
    if ((isLate && !isAwaited(connection)) || socket.bytesRead - connection.brokenAt > LINGER_BYTES) socket.destroy();
    return;
  }
  const [status, detail] = WORDS[code ?? ''] ?? [400, 'this is no HTTP that can be read'];
  if (!isBody) say(connection, status, detail, isLate);
  else if (isLate) lastProblem(last, status, detail);
  else problem(last, status, detail);
}

/** CONNECT, which Node hands over with its connection. */
export function refuseConnect(connection: Connection): void {
  say(connection, 405, 'use POST', true);
}

/** An answer that Node has no response for, in its turn. */
function say({ owed, last, socket }: Connection, status: Refusal, detail: string, isEnd: boolean): void {
  const now = (): void => {
    if (!socket.writable) return;
    socket.end(rawProblem(status, detail));
    if (isEnd) socket.destroySoon();
  };
  if (owed.size === 0) now();
  else last?.once('close', now);
}

function rawProblem(status: Refusal, detail: string): string {
  const text = problemText(status, detail);
  const head = [
    `HTTP/1.1 ${status} ${titleOf(status)}`,
    'Sentry-Monitor-Sent: none',
    `${WHY}: ${whyLine(detail)}`,
    'Cache-Control: no-store',
    `Content-Type: ${PROBLEM}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${text}`;
}
