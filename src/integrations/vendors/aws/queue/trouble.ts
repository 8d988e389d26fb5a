import { LedgerRefused, LedgerTrouble, UpstreamError } from '../../../../core/model/errors.ts';

/** What Amazon's clients throw, as far as it is looked at. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * What a queue that cannot be read says, in words of ours. `redact`: hides what is secret in those of others;
 * `isMade`: its intake can make it.
 */
export function troubleOf(error: unknown, name: string, redact: (text: string) => string, isMade: boolean): Error {
  if (error instanceof LedgerTrouble || error instanceof LedgerRefused) return error;
  const { name: kind = 'Error', message = '', $metadata } = error as Thrown;
  const status = $metadata?.httpStatusCode;
  const advice =
    (isNoQueue(error) && isMade ? `${NO_QUEUE}, or write create: true beside it` : undefined) ??
    ADVICE[kind] ??
    (kind === 'SyntaxError' ? 'no queue answers there: look at its address' : undefined);
  const said = redact(message).replace(/\s+/g, ' ').slice(0, 200);
  const text = `${name}: ${advice ?? `the queue cannot be read: ${kind}${said === '' ? '' : `, ${said}`}`}`;
  return new UpstreamError(text, { service: name, status, retryable: advice === undefined });
}

const NO_QUEUE = 'there is no such queue; make it';

const ADVICE: Readonly<Record<string, string>> = {
  QueueDoesNotExist: NO_QUEUE,
  AccessDenied: 'the queue may not be read by these keys; allow them to receive, delete and change messages',
  CredentialsProviderError: 'there are no keys for Amazon; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role',
  InvalidClientTokenId: 'Amazon does not know AWS_ACCESS_KEY_ID',
  UnrecognizedClientException: 'Amazon does not know AWS_ACCESS_KEY_ID',
  SignatureDoesNotMatch: 'AWS_SECRET_ACCESS_KEY is not of AWS_ACCESS_KEY_ID',
};

export function isNoQueue(error: unknown): boolean {
  return (error as Thrown).name === 'QueueDoesNotExist';
}
