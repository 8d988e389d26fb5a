import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';

/** One request as the vendors' parts see it. */
export type VendorRequest = {
  /** Arrival index over all vendors, from 1. */
  readonly n: number;
  readonly method: string;
  /** Without the base path and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** As it came over the wire. */
  readonly raw: Buffer;
  /** The sandbox's own address with its base path. */
  readonly base: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function bare(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return { status, headers, body };
}

/** The decompressed body; undefined when the bytes are not what `content-encoding` says. */
export function unpack(request: VendorRequest): Buffer | undefined {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  try {
    if (encoding === 'gzip') return gunzipSync(request.raw);
    if (encoding === 'deflate') return inflateSync(request.raw);
    return request.raw;
  } catch {
    return undefined;
  }
}

/** For logs and matching: the text, or '' when it cannot be unpacked. */
export function bodyText(request: VendorRequest): string {
  return unpack(request)?.toString('utf8') ?? '';
}

/** Parsed JSON, or undefined when it is none. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
