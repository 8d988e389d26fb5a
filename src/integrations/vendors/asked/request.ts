import { guardOf } from '../../../platform/http/addresses.ts';
import type { HttpRequest } from '../../../platform/http/request.ts';
import type { Deps } from '../../plugin.ts';
import { askedParts } from './address.ts';

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 1024 * 1024;

/** A request to an address that a file names, but for its scope. `key`: of the settings, which holds the address. */
export function askedRequest(
  service: string,
  [key, url]: readonly [key: string, url: string],
  { privateHosts }: Pick<Deps, 'privateHosts'>,
): Omit<HttpRequest, 'scope' | 'headers' | 'secrets'> {
  return {
    ...{ service, method: 'GET', ...askedParts(url), urlVariable: key },
    ...{ timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES, tries: 1 },
    // NOTE: addresses are looked at only on connections of their own.
    repeatSafe: false,
    guard: guardOf(privateHosts),
  };
}
