import { verify, type X509Certificate } from 'node:crypto';
import { HOUR_MS } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Certificates } from './certificates.ts';
import { type Envelope, signedText } from './envelope.ts';

/** An envelope is believed for so long, and clocks may differ by so much, ms. */
const OLDEST_MS = HOUR_MS;
const AHEAD_MS = 15 * 60_000;

const HASHES: Readonly<Record<string, string>> = { 1: 'RSA-SHA1', 2: 'RSA-SHA256' };

/** Why an envelope is not believed; null: it is one of the topic's, of now, and signed. */
export type Doubt = { readonly unsigned: string } | { readonly later: string };

export interface Verifying {
  readonly topic: string;
  readonly certificates: Certificates;
  /** Epoch ms. */
  readonly now: number;
  readonly scope: Scope;
}

/** NOTE: what costs nothing is looked at first: strangers may post. */
export async function doubtOf(
  envelope: Envelope,
  { topic, certificates, now, scope }: Verifying,
): Promise<Doubt | null> {
  const { signatureVersion, timestamp, certificateUrl } = envelope;
  const sentAt = Date.parse(timestamp);
  const hash = HASHES[signatureVersion];
  if (envelope.topic !== topic) return { unsigned: 'an envelope of another topic than topic: has' };
  if (hash === undefined) return { unsigned: 'its SignatureVersion is neither 1 nor 2' };
  if (!(sentAt >= now - OLDEST_MS)) return { unsigned: 'an envelope that is more than an hour old, or says no time' };
  if (sentAt > now + AHEAD_MS) return { unsigned: 'an envelope out of the future; compare the clocks' };
  const found = await certificates.get(certificateUrl, scope);
  if (!('certificate' in found)) return found;
  return isSigned(envelope, hash, found.certificate) ? null : { unsigned: 'its signature is not of what it says' };
}

function isSigned(envelope: Envelope, hash: string, { publicKey }: X509Certificate): boolean {
  if (publicKey.asymmetricKeyType !== 'rsa') return false;
  return verify(hash, Buffer.from(signedText(envelope)), publicKey, Buffer.from(envelope.signature, 'base64'));
}
