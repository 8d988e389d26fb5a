import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header holds one of the tokens. Without tokens everything is allowed (loopback only, see settings). */
export type Authorize = (header: string | undefined) => boolean;

/** Takes the same time whatever was sent: hashes have one length, and all tokens are compared. */
export function bearer(tokens: readonly string[]): Authorize {
  if (tokens.length === 0) return () => true;
  const hashes = tokens.map(hash);
  return (header) => {
    const given = hash(/^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1] ?? '');
    return hashes.map((it) => timingSafeEqual(it, given)).includes(true);
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
