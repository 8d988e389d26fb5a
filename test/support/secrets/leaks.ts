import assert from 'node:assert/strict';
import { encodingsOf } from './encodings.ts';

/** A piece of a secret of this length tells enough of it to count as a leak. */
const PIECE = 8;

/** What a search found. */
export interface Leak {
  /** Name of the secret. */
  readonly secret: string;
  readonly where: string;
  readonly form: string;
  readonly around: string;
}

/** Looks for secrets, by name, in texts, by place: the first leak of each. */
export function createSearch(
  secrets: Readonly<Record<string, string>>,
): (where: string, text: string) => readonly Leak[] {
  const wanted = Object.entries(secrets).flatMap(([secret, value]) =>
    [...encodingsOf(value), ...piecesOf(value)].map((form) => ({ secret, form })),
  );
  assert.ok(wanted.every(({ form }) => form.length >= PIECE));
  const byStart = Map.groupBy(wanted, ({ form }) => form.slice(0, PIECE));
  return (where, text) => {
    const leaks = new Map<string, Leak>();
    for (let at = 0; at + PIECE <= text.length; at++)
      for (const { secret, form } of byStart.get(text.slice(at, at + PIECE)) ?? []) {
        if (leaks.has(secret) || !text.startsWith(form, at)) continue;
        leaks.set(secret, { secret, where, form, around: text.slice(Math.max(0, at - 60), at + form.length + 20) });
      }
    return [...leaks.values()];
  };
}

/** Every piece of the secret itself, of its base64 and of its hex: what a cut or a half mask leaves over. */
function piecesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const texts = [
    secret,
    bytes.toString('hex'),
    ...['', 'u', 'me'].map((before) =>
      Buffer.from(before + secret)
        .toString('base64')
        .slice(before.length === 0 ? 0 : 4, -4),
    ),
  ];
  return texts.flatMap((text) =>
    Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE)),
  );
}
