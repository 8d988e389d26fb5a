import { createHmac } from 'node:crypto';

/** A key of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export function readKey(text: string): string {
  const base64 = text.replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  if (!isWhole || bytes.length < 24 || bytes.length > 64)
    throw new Error(
      'is no key of a webhook; write whsec_ and 24 to 64 random bytes in base64, such as openssl rand -base64 32 makes',
    );
  return text;
}
readKey.words = 'whsec_ and 24 to 64 bytes in base64';

/** Headers of one try; a receiver takes only a fresh signature. `at`: epoch ms. */
export function signedHeaders(keys: readonly string[], id: string, at: number, body: Buffer): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = keys.map((key) => {
    const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
    const signed = createHmac('sha256', bytes).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return `v1,${signed}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
