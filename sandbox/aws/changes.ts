import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** By id, the parts that came so far, by their numbers. */
export type Uploads = Map<string, Map<number, Buffer>>;

export interface ChangedObjects {
  readonly objects: Map<string, string | Uint8Array>;
  readonly uploads: Uploads;
  readonly asked: string[];
}

/** All but the last part have at least so many bytes. */
const LEAST_PART = 5 * 1024 * 1024;

export function createUploads(): Uploads {
  return new Map();
}

/** S3: objects that are put whole or in parts, with `If-None-Match: *` only where there is none, and deleted. */
export function change(request: IncomingMessage, response: ServerResponse, sent: Buffer, world: ChangedObjects): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const key = decodeURIComponent(url.pathname).slice(1);
  const [id, number] = [url.searchParams.get('uploadId'), Number(url.searchParams.get('partNumber'))];
  world.asked.push(`${request.method} ${key}`);
  if (request.method === 'PUT' && request.headers['content-length'] === undefined)
    return refuse(response, 411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  if (request.headers['if-none-match'] === '*' && world.objects.has(key))
    return refuse(response, 412, 'PreconditionFailed', 'At least one of the preconditions did not hold');
  const body = plain(request, sent);
  if (url.searchParams.has('uploads')) return begin(response, world.uploads);
  if (id === null) return put({ method: request.method!, key, body }, response, world);
  const parts = world.uploads.get(id);
  if (parts === undefined) return refuse(response, 404, 'NoSuchUpload', 'The specified upload does not exist.');
  if (request.method === 'DELETE') {
    world.uploads.delete(id);
    return void response.writeHead(204).end();
  }
  if (request.method === 'PUT') {
    parts.set(number, body);
    return void response.writeHead(200, { etag: tagOf(body) }).end();
  }
  return complete(key, { id, parts, asked: body.toString() }, response, world);
}

function begin(response: ServerResponse, uploads: Uploads): void {
  const id = `upload-${uploads.size + 1}`;
  uploads.set(id, new Map());
  xml(response, 200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
}

function put({ method, key, body }: Put, response: ServerResponse, { objects }: Pick<ChangedObjects, 'objects'>): void {
  if (method === 'DELETE') {
    objects.delete(key);
    return void response.writeHead(204).end();
  }
  if (method !== 'PUT') return refuse(response, 405, 'MethodNotAllowed', 'The method is not allowed.');
  objects.set(key, body);
  response.writeHead(200, { etag: tagOf(body) }).end();
}

interface Put {
  readonly method: string;
  readonly key: string;
  readonly body: Buffer;
}

interface Upload {
  readonly id: string;
  readonly parts: ReadonlyMap<number, Buffer>;
  readonly asked: string;
}

function complete(key: string, { id, parts, asked }: Upload, response: ServerResponse, world: ChangedObjects): void {
  const numbers = [...asked.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number));
  const tags = [...asked.matchAll(/<ETag>(?:&quot;|")?(\w+)(?:&quot;|")?<\/ETag>/g)].map(([, tag]) => `"${tag}"`);
  const bodies = numbers.map((number) => parts.get(number));
  if (bodies.some((body, index) => body === undefined || tagOf(body) !== tags[index]))
    return refuse(response, 400, 'InvalidPart', 'One or more of the specified parts could not be found.');
  if (bodies.slice(0, -1).some((body) => body!.length < LEAST_PART))
    return refuse(response, 400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  world.objects.set(key, Buffer.concat(bodies as Buffer[]));
  world.uploads.delete(id);
  xml(response, 200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
}

/** Without the signed chunks that a body may come in. */
function plain({ headers }: IncomingMessage, sent: Buffer): Buffer {
  if (headers['content-encoding'] !== 'aws-chunked') return sent;
  const chunks: Buffer[] = [];
  for (let at = 0; at < sent.length;) {
    const end = sent.indexOf('\r\n', at);
    const size = Number.parseInt(sent.subarray(at, end).toString(), 16);
    if (size === 0 || Number.isNaN(size)) break;
    chunks.push(sent.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}

function tagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  xml(response, status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${text}`);
}
