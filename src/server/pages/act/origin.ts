import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a post comes from a page of ours: its origin is the host that it is sent to, or the address at which people
 * reach the service. What says nothing of where it comes from is no browser's.
 */
export function isOwnOrigin(
  { origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders,
  publicUrl: string | undefined,
): boolean {
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const own = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return origin === own || new URL(origin).host === host?.toLowerCase();
}
