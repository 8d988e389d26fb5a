import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Objects {
  /** By `bucket/key`. */
  readonly objects: ReadonlyMap<string, string | Uint8Array>;
  readonly asked: string[];
}

/** S3: an object by its path, or what is in a bucket (version 2 of the list, with a prefix and a delimiter). */
export function objects(request: IncomingMessage, response: ServerResponse, world: Objects): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = decodeURIComponent(url.pathname);
  if (url.searchParams.get('list-type') === '2')
    return list(path.replace(/^\/|\/$/g, ''), url.searchParams, response, world);
  world.asked.push(path);
  const content = world.objects.get(path.slice(1));
  if (content === undefined) return fault(response, 404, 'NoSuchKey', 'The specified key does not exist.');
  const bytes = Buffer.from(content);
  const tag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== tag)
    return fault(response, 412, 'PreconditionFailed', 'At least one of the preconditions did not hold');
  response.writeHead(200, { etag: tag, 'content-length': bytes.length }).end(bytes);
}

function list(bucket: string, asked: URLSearchParams, response: ServerResponse, world: Objects): void {
  const [prefix, delimiter] = [asked.get('prefix') ?? '', asked.get('delimiter')];
  const [keys, folders] = [new Set<string>(), new Set<string>()];
  for (const path of [...world.objects.keys()].toSorted()) {
    if (!path.startsWith(`${bucket}/${prefix}`)) continue;
    const key = path.slice(bucket.length + 1);
    const end = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) keys.add(key);
    else folders.add(key.slice(0, end + 1));
  }
  const contents = [...keys].map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  const common = [...folders].map((it) => `<CommonPrefixes><Prefix>${it}</Prefix></CommonPrefixes>`).join('');
  const all = `<IsTruncated>false</IsTruncated>${contents}${common}`;
  const text = `<?xml version="1.0"?><ListBucketResult>${all}</ListBucketResult>`;
  response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
}

function fault(response: ServerResponse, status: number, code: string, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
