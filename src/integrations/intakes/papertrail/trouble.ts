import { LedgerRefused, LedgerTrouble } from '../../../core/model/errors.ts';
import { Broken } from '../../vendors/logs/unpack.ts';

interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
}

/** Whether it is the ledger's own: then nothing is known of the archive. */
export function isOfStore(error: unknown): boolean {
  return error instanceof LedgerTrouble || error instanceof LedgerRefused;
}

/** Why an archive cannot be read, for people. */
export function wordsOf(error: unknown, redact: (text: string) => string): string {
  if (error instanceof Broken) return error.message;
  const { name = 'Error', message = '' } = error as Thrown;
  const said = redact(message).replace(/\s+/g, ' ').slice(0, 200);
  if (said === 'Region is missing') return 'there is no region; set AWS_REGION to that of the bucket';
  return ADVICE[name] ?? `S3 does not give it: ${name}${said === '' ? '' : `, ${said}`}`;
}

const ADVICE: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket',
  AccessDenied: 'it may not be read by these keys, or is not there; allow s3:GetObject (see docs/archives.md)',
  CredentialsProviderError: 'there are no keys for Amazon; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role',
  InvalidAccessKeyId: 'Amazon does not know AWS_ACCESS_KEY_ID',
  SignatureDoesNotMatch: 'AWS_SECRET_ACCESS_KEY is not of AWS_ACCESS_KEY_ID',
};
