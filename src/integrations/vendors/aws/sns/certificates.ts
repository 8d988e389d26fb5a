import { X509Certificate } from 'node:crypto';
import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Http } from '../../../../platform/http/client.ts';
import { urlOf } from './topic.ts';

/** A certificate, or why there is none: `unsigned`: it is nobody's, `later`: it cannot be had now. */
export type Found =
  { readonly certificate: X509Certificate } | { readonly unsigned: string } | { readonly later: string };

export interface Certificates {
  /** `address`: as an envelope names it; whoever posted may have written anything there. */
  get(address: string, scope: Scope): Promise<Found>;
}

const PATH = /^\/SimpleNotificationService-[0-9a-f]{16,64}\.pem$/;
const MOST_KEPT = 8;
/** So many are asked for in a minute: strangers may name as many as they like. */
const MOST_ASKED = 10;
const MINUTE_MS = 60_000;
const ANSWER_MS = 5_000;

/** Those that a host of SNS signs with; each is fetched once. */
export function createCertificates(
  host: string,
  { http, now }: { readonly http: Http } & Pick<Clock, 'now'>,
): Certificates {
  const kept = new Map<string, X509Certificate>();
  const asked: number[] = [];
  const fetchOne = async (url: string, scope: Scope): Promise<Found> => {
    while (asked.length > 0 && (asked[0]! <= now() - MINUTE_MS || asked[0]! > now())) asked.shift();
    if (asked.length >= MOST_ASKED)
      return { later: `more than ${MOST_ASKED} certificates of SNS were asked for in a minute` };
    asked.push(now());
    try {
      const request = { service: 'sns', method: 'GET', url, timeoutMs: ANSWER_MS, repeatSafe: true, tries: 2 } as const;
      const { text } = await http({ ...request, headers: {}, secrets: [], scope });
      const certificate = new X509Certificate(text);
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
      kept.set(url, certificate);
      return { certificate };
    } catch (error) {
      if (!(error instanceof UpstreamError)) return { unsigned: 'what its SigningCertURL leads to is no certificate' };
      const mayPass = error.facts.retryable || error.status === undefined;
      return mayPass
        ? { later: `its certificate: ${error.message}` }
        : { unsigned: 'its SigningCertURL leads nowhere' };
    }
  };
  return {
    async get(address, scope) {
      const url = urlOf(address, host);
      if (url === null || url.search !== '' || !PATH.test(url.pathname))
        return { unsigned: `its SigningCertURL is no certificate at https://${host}` };
      const certificate = kept.get(url.href);
      const found = certificate === undefined ? await fetchOne(url.href, scope) : { certificate };
      if ('certificate' in found && !isValidAt(found.certificate, now()))
        return { unsigned: 'its certificate is not valid at this time' };
      return found;
    },
  };
}

function isValidAt({ validFrom, validTo }: X509Certificate, at: number): boolean {
  return Date.parse(validFrom) <= at && at <= Date.parse(validTo);
}
