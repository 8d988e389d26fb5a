import type { Scope } from '../../../core/ports/scope.ts';
import type { Http } from '../../../platform/http/client.ts';
import type { Dsn } from './dsn.ts';

/** An error as a program sends it. */
export interface SentError {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly type: string;
  readonly value: string;
  /** Events with the same one are the same issue. */
  readonly fingerprint: string;
  readonly environment?: string | undefined;
}

const TIMEOUT_MS = 30_000;

/** Sends one error by Sentry's envelope protocol. Rejects with an UpstreamError when it was not taken. */
export async function sendError(error: SentError, dsn: Dsn, http: Http, scope: Scope): Promise<void> {
  await http({
    service: 'sentry',
    method: 'POST',
    url: dsn.url,
    urlVariable: '--dsn',
    headers: {
      'Content-Type': 'application/x-sentry-envelope',
      'X-Sentry-Auth': `Sentry sentry_version=7, sentry_client=sentry-monitor/1, sentry_key=${dsn.publicKey}`,
    },
    body: Buffer.from(envelopeOf(error)),
    timeoutMs: TIMEOUT_MS,
    // An event whose id is known is dropped.
    repeatSafe: true,
    secrets: [dsn.publicKey],
    scope,
  });
}

function envelopeOf({ id, at, type, value, fingerprint, environment }: SentError): string {
  const event = {
    event_id: id,
    timestamp: at / 1000,
    platform: 'other',
    level: 'error',
    logger: 'sentry-monitor',
    fingerprint: [fingerprint],
    exception: { values: [{ type, value }] },
    ...(environment === undefined ? {} : { environment }),
  };
  const head = { event_id: id, sent_at: new Date(at).toISOString() };
  return `${[head, { type: 'event' }, event].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
