import { connect, type TLSSocket } from 'node:tls';
import { isIP } from 'node:net';
import { type AddressGuard, AddressRefused, checkLiteral, guardedLookup } from '../http/guarded-lookup.ts';

export interface CertificateAsked {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly guard: AddressGuard;
  readonly signal: AbortSignal;
}

/** Until when the certificate is good, epoch ms; or why nobody knows, and what kind of trouble that is. */
export type Certificate =
  | { readonly validTo: number }
  | { readonly fault: string; readonly facts: { readonly retryable: boolean; readonly passes?: true } };

/** One that ended is one all the same. */
const OVER = 'CERT_HAS_EXPIRED';

/** The certificate that a server shows, without any request to it. Never rejects. */
export async function certificateOf(asked: CertificateAsked): Promise<Certificate> {
  const { host, port, timeoutMs, guard, signal } = asked;
  const url = `https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  try {
    checkLiteral(url, guard);
    return await shown(asked, url);
  } catch (error) {
    if (error instanceof AddressRefused) return { fault: `not asked, ${error.message}`, facts: { retryable: false } };
    const code = signal.aborted ? 'its time was over' : ((error as NodeJS.ErrnoException).code ?? 'unknown error');
    const why = code === 'ETIMEDOUT' ? `no answer within ${timeoutMs / 1000} s` : `cannot connect (${code})`;
    return { fault: `${why}; check tls and the network`, facts: { retryable: true } };
  }
}

function shown({ host, port, timeoutMs, guard, signal }: CertificateAsked, url: string): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      lookup: guardedLookup(url, guard),
      // NOTE: it is looked at below: one that ended is told by its days.
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const end = (act: () => void): void => {
      signal.removeEventListener('abort', aborted);
      socket.destroy();
      act();
    };
    const aborted = (): void => end(() => reject(new Error('aborted')));
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
    socket.once('error', (error: Error) => end(() => reject(error)));
    socket.once('timeout', () => end(() => reject(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }))));
    socket.once('secureConnect', () => {
      const found = certificateIn(socket);
      end(() => resolve(found));
    });
  });
}

function certificateIn(socket: TLSSocket): Certificate {
  const validTo = Date.parse(socket.getPeerCertificate().valid_to);
  const why = socket.authorized ? null : codeOf(socket.authorizationError);
  const passes = { retryable: false, passes: true } as const;
  if (Number.isNaN(validTo)) return { fault: 'it shows no certificate; check tls', facts: passes };
  if (why !== null && why !== OVER)
    return { fault: `its certificate is not trusted (${why}); check tls and NODE_EXTRA_CA_CERTS`, facts: passes };
  return { validTo };
}

function codeOf(error: NodeJS.ErrnoException | string | null): string {
  return typeof error === 'string' ? error : (error?.code ?? 'unknown');
}
