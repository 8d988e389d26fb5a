import dns, { type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/**
 * Whether a request may be made to an address; why not, as the end of a sentence about it, or null. `host`: as the
 * request names it.
 */
export type AddressGuard = (address: string, host: string) => string | null;

/** The request was not made, because its address may not be asked. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_REFUSED';
}

/** What of `node:dns` is used. */
type Resolve = typeof dns.lookup;

/** Throws an AddressRefused for a host that is written as an address, for which nothing is looked up. */
export function checkLiteral(url: string, guard: AddressGuard): void {
  const host = hostOf(url);
  if (isIP(host) !== 0) check([host], host, guard);
}

/**
 * A lookup for sockets, so that the address that was checked is the one that is connected to. One bad address of a
 * host refuses it. A proxy is the operator's own and is not checked.
 */
export function guardedLookup(url: string, guard: AddressGuard, resolve: Resolve = dns.lookup): LookupFunction {
  const asked = hostOf(url);
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found: readonly LookupAddress[]) => {
      if (error !== null) return done(error, '', 0);
      try {
        if (host === asked)
          check(
            found.map(({ address }) => address),
            asked,
            guard,
          );
      } catch (refused) {
        return done(refused as Error, '', 0);
      }
      if (options.all === true) return done(null, [...found]);
      done(null, found[0]!.address, found[0]!.family);
    });
  };
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

function check(addresses: readonly string[], host: string, guard: AddressGuard): void {
  for (const address of addresses) {
    const why = guard(address, host);
    if (why !== null) throw new AddressRefused(`its address ${address} ${why}`);
  }
}
