/** A secret as it may turn up in text: as it is, as in URLs and forms, in base64 of both alphabets, with and without padding. */
export function encodingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64');
  return [...new Set([secret, encodeURIComponent(secret), new URLSearchParams({ a: secret }).toString().slice(2), base64, base64.replace(/=+$/, ''), bytes.toString('base64url')])];
}
