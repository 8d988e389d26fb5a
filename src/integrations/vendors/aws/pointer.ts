/** An object of S3. */
export interface Pointer {
  readonly bucket: string;
  /** As it is, not encoded. */
  readonly key: string;
}

const HOST = /^(?:(?<bucket>[a-z0-9][a-z0-9.-]+)\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;

/**
 * What an address of S3 means, in the style of hosts (`bucket.s3.REGION/key`) or of paths (`s3.REGION/bucket/key`),
 * signed or not. Null: it is of another host. `endpoint`: of a server of one's own, which takes paths. NOTE: nothing is
 * ever fetched from the address itself.
 */
export function pointerOf(address: string, endpoint: string | undefined): Pointer | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol === 's3:') return found(url.host, url.pathname);
  if (!['http:', 'https:'].includes(url.protocol)) return null;
  if (endpoint !== undefined && URL.canParse(endpoint) && new URL(endpoint).host === url.host) return inPath(url);
  const host = HOST.exec(url.hostname);
  if (host === null) return null;
  const { bucket } = host.groups!;
  return bucket === undefined ? inPath(url) : found(bucket, url.pathname);
}

function inPath({ pathname }: URL): Pointer | null {
  const [, bucket = '', key = ''] = /^\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
  return found(bucket, key);
}

function found(bucket: string, path: string): Pointer | null {
  const key = decoded(path.replace(/^\//, ''));
  return bucket === '' || key === null || key === '' ? null : { bucket, key };
}

/** Of a notification: blanks are written as `+`. */
export function keyOf(encoded: string): string | null {
  return decoded(encoded.replaceAll('+', ' '));
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
