/** What stands where a secret stood. */
export const MASK = '***';

export type Mask = (text: string) => string;

/** Each secret as it may turn up in text: raw, URL-encoded, in JSON, base64 (plain and URL-safe). */
export function encodings(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const base64url = Buffer.from(secret).toString('base64url');
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const json = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, encodeURIComponent(secret), form, json, base64, base64url])];
}

/**
 * Replaces every known secret in a text, in each of its encodings. Secrets under 6 characters are
 * left alone: masking them would garble ordinary words (the settings refuse such keys).
 */
export function masker(secrets: readonly string[]): Mask {
  const parts = secrets.filter((secret) => secret.length >= 6).flatMap(encodings).sort((a, b) => b.length - a.length);
  if (parts.length === 0) return (text) => text;
  const pattern = new RegExp(parts.map((part) => RegExp.escape(part)).join('|'), 'g');
  return (text) => text.replace(pattern, MASK);
}
