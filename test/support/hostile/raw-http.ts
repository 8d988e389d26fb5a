import { connect, type Socket } from 'node:net';
import nock from 'nock';
import { until } from '../time/until.ts';

/** One answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection of a stranger, who sends bytes as he likes. */
export interface Talk {
  readonly socket: Socket;
  send(bytes: string | Buffer): void;
  /** All that came so far. */
  text(): string;
  /** Whole answers so far, in order; interim ones (1xx) too. */
  answers(): Answer[];
  /** The server closed its half, or broke the connection. */
  isEnded(): boolean;
  /** Nothing that is sent arrives any more. Heard of when something is sent after the end. */
  isClosed(): boolean;
  /** Code of the error that broke it. */
  error(): string | undefined;
}

const open = new Set<Socket>();

/** Both halves stay open until the test or the server closes them. */
export async function talk(port: number, first: string | Buffer = ''): Promise<Talk> {
  const socket = dial(port);
  open.add(socket);
  const seen: { text: string; ended: boolean; closed: boolean; error?: string } = {
    text: '',
    ended: false,
    closed: false,
  };
  socket
    .setEncoding('latin1')
    .on('data', (part: string) => (seen.text += part))
    .on('end', () => (seen.ended = true));
  socket.on('error', (error: NodeJS.ErrnoException) => (seen.error = error.code ?? error.message));
  socket.on('close', () => {
    seen.closed = true;
    open.delete(socket);
  });
  await new Promise((done) => socket.once('connect', done).once('close', done));
  if (first.length > 0) socket.write(first);
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    text: () => seen.text,
    answers: () => answersIn(seen.text),
    isEnded: () => seen.ended || seen.closed,
    isClosed: () => seen.closed,
    error: () => seen.error,
  };
}

/** Past nock: it stands in the way of every socket, and wants HTTP. */
function dial(port: number): Socket {
  const isStandingBy = nock.isActive();
  if (isStandingBy) nock.restore();
  try {
    return connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  } finally {
    if (isStandingBy) nock.activate();
  }
}

/** The answers to what was sent in one piece, once the server has closed its half or given that many. */
export async function ask(port: number, bytes: string | Buffer, count = Infinity): Promise<Answer[]> {
  const it = await talk(port, bytes);
  await until(
    `${count} answers to ${JSON.stringify(bytes.toString().slice(0, 60))}`,
    () => it.isEnded() || it.answers().length >= count,
  );
  it.socket.destroy();
  return it.answers();
}

export function hangUpAll(): void {
  for (const socket of open) socket.destroy();
}

/** `headers`: whole lines. */
export function request(line: string, headers: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, '', body].join('\r\n');
}

export function bearerLine(token: string): string {
  return `Authorization: Bearer ${token}`;
}

/** Throws at anything that is no answer. Bodies of these answers always have a length. */
function answersIn(text: string): Answer[] {
  const answers: Answer[] = [];
  for (let at = 0; at < text.length;) {
    const headEnd = text.indexOf('\r\n\r\n', at);
    if (headEnd < 0) break;
    const [first = '', ...lines] = text.slice(at, headEnd).split('\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
    if (status === undefined) throw new Error(`no answer: ${JSON.stringify(text.slice(at, at + 200))}`);
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const bodyEnd = headEnd + 4 + Number(headers['content-length'] ?? 0);
    if (bodyEnd > text.length) break;
    answers.push({ status: Number(status), headers, body: text.slice(headEnd + 4, bodyEnd) });
    at = bodyEnd;
  }
  return answers;
}
