import { createHmac } from 'node:crypto';

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
