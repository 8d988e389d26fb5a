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

/** Looks for secrets, by name, in texts, by place. */
export function createSearch(
  secrets: Readonly<Record<string, string>>,
): (where: string, text: string) => readonly Leak[] {
  const wanted = Object.entries(secrets).map(([name, secret]): [string, readonly string[]] => [
    name,
    [...encodingsOf(secret), ...piecesOf(secret)],
  ]);
  return (where, text) =>
    wanted.flatMap(([secret, forms]) => {
      const form = forms.find((it) => text.includes(it));
      if (form === undefined) return [];
      const at = text.indexOf(form);
      return [{ secret, where, form, around: text.slice(Math.max(0, at - 60), at + form.length + 20) }];
    });
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
