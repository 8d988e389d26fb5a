import type { IncomingMessage, ServerResponse } from 'node:http';
import { problem } from './responses.ts';

/** What comes with a post is read up to this, bytes; most posts need none of it. */
export const MAX_BODY = 16 * 1024;

export const BAD_ADDRESS = 'the address in the request line cannot be read';

/** What the HTTP parser lets pass and no route may see; null: in order. */
export function faultOf({ url = '', httpVersion, headersDistinct: { host = [] } }: IncomingMessage): string | null {
  if (host.length > 1 || (host.length === 0 && httpVersion === '1.1')) return 'name one Host';
  // Parsers disagree about what is behind a #, so it must not be there.
  if (url.includes('#') || !URL.canParse(url, 'http://localhost')) return BAD_ADDRESS;
  return null;
}

const bodies = new WeakMap<IncomingMessage, readonly Buffer[]>();

/** What came with a post, after `takeBody`. */
export function bodyOf(request: IncomingMessage): string {
  return bytesOf(request).toString();
}

/** The same, byte by byte. */
export function bytesOf(request: IncomingMessage): Buffer {
  return Buffer.concat(bodies.get(request) ?? []);
}

/**
 * Reads the body to its end, then goes on; a client that goes before never gets that far.
 * NOTE: it may have been answered meanwhile: a body that comes too slowly is a 408, and what then still comes counts
 * for nothing.
 */
export const takeBody = takeBodyOf(MAX_BODY, 'a post needs no body, and takes at most 16kb');

type Take = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** `most`: bytes; `words`: for who sends more. */
export function takeBodyOf(most: number, words: string): Take {
  return (request, response, next) => take(request, response, { most, words, next });
}

interface Limit {
  readonly most: number;
  readonly words: string;
  next(): void;
}

function take(request: IncomingMessage, response: ServerResponse, { most, words, next }: Limit): void {
  const {
    httpVersion,
    headers: {
      'content-length': length = '0',
      'content-encoding': encoding = 'identity',
      'transfer-encoding': transfer,
      expect,
    },
  } = request;
  const tooLarge = (): void => problem(response, 413, words);
  if (Number(length) > most) return tooLarge();
  if (encoding.toLowerCase() !== 'identity' && (transfer !== undefined || length !== '0'))
    return problem(response, 415, 'the body cannot be read; post without one');
  if (expect !== undefined && httpVersion === '1.1') response.writeContinue();
  let size = 0;
  const parts: Buffer[] = [];
  bodies.set(request, parts);
  const done = (): void => {
    if (!response.headersSent) next();
  };
  const count = (part: Buffer): void => {
    size += part.length;
    if (size <= most) return void parts.push(part);
    request.off('data', count).off('end', done);
    if (!response.headersSent) tooLarge();
  };
  request.on('data', count).on('end', done);
}
