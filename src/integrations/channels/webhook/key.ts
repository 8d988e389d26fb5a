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
