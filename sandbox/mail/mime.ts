/** A part of a mail: its headers by lower-case name, in order, and what follows them. */
export type Part = { readonly headers: ReadonlyArray<readonly [string, string]>; readonly body: string };

/** A mail, as a program for mail would take it apart. Bytes are one character each. */
export function partOf(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const [head, body] = end < 0 ? [raw, ''] : [raw.slice(0, end), raw.slice(end + 4)];
  const lines = head.replace(/\r\n(?=[ \t])/g, '').split('\r\n');
  const headers = lines.map((line): readonly [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, Math.max(at, 0)).trim().toLowerCase(), line.slice(at + 1).trim()];
  });
  return { headers, body };
}

export function headerOf({ headers }: Part, name: string): string | undefined {
  return headers.find(([known]) => known === name)?.[1];
}

/** The text of that type, decoded; undefined: there is none. */
export function textOf(part: Part, type: 'text/plain' | 'text/html'): string | undefined {
  const own = headerOf(part, 'content-type') ?? 'text/plain';
  const pieces = piecesOf(part);
  if (pieces === undefined) return own.toLowerCase().startsWith(type) ? decoded(part) : undefined;
  return pieces.map((piece) => textOf(piece, type)).find((text) => text !== undefined);
}

/** The pieces of a part that is made of some; undefined: it is not. */
function piecesOf(part: Part): readonly Part[] | undefined {
  const boundary = /boundary="?([^";]+)"?/i.exec(headerOf(part, 'content-type') ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const pieces = part.body.split(`--${boundary}`).slice(1, -1);
  return pieces.map((piece) => partOf(piece.replace(/^\r\n/, '')));
}

/** A part of a mail that its HTML shows. */
export type Shown = { readonly id: string; readonly type: string; readonly isInline: boolean; readonly bytes: Buffer };

/** All parts with an id of their own, however deep. */
export function shownIn(part: Part): readonly Shown[] {
  const pieces = piecesOf(part);
  if (pieces !== undefined) return pieces.flatMap(shownIn);
  const id = /^<([^<>\s]+)>$/.exec(headerOf(part, 'content-id') ?? '')?.[1];
  if (id === undefined) return [];
  const isInline = /^inline\b/.test(headerOf(part, 'content-disposition') ?? '');
  return [{ id, type: (headerOf(part, 'content-type') ?? '').split(';', 1)[0]!, isInline, bytes: bytesIn(part) }];
}

function decoded(part: Part): string {
  return bytesIn(part).toString('utf8').replaceAll('\r\n', '\n');
}

function bytesIn(part: Part): Buffer {
  const encoding = (headerOf(part, 'content-transfer-encoding') ?? '7bit').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body, 'base64');
  return Buffer.from(unquoted(part.body, encoding), 'latin1');
}

function unquoted(body: string, encoding: string): string {
  if (encoding !== 'quoted-printable') return body;
  const joined = body.replace(/[ \t]+(?=\r\n)/g, '').replace(/=\r\n/g, '');
  return joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => bytesOf(hex));
}

/** A header with its encoded words read. */
export function wordsIn(header: string): string {
  const joined = header.replace(/(=\?[^?]+\?[BQ]\?[^?]*\?=)\s+(?==\?)/gi, '$1');
  return joined.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString('utf8')
      : Buffer.from(quotedWord(text), 'latin1').toString('utf8'),
  );
}

function quotedWord(text: string): string {
  return text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => bytesOf(hex));
}

function bytesOf(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}
