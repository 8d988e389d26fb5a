/** Splits as a shell does. undefined: a quote or a backslash is left open. */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const piece = pieceAt(text, at);
    if (piece === undefined) return undefined;
    word = (word ?? '') + piece.text;
    at = piece.last;
  }
  return word === undefined ? words : [...words, word];
}

type Piece = { readonly text: string; readonly last: number };

/** One character, or a whole quotation. */
function pieceAt(text: string, at: number): Piece | undefined {
  const char = text.charAt(at);
  if (char === '\\') return at + 1 < text.length ? { text: text.charAt(at + 1), last: at + 1 } : undefined;
  if (char === "'") {
    const end = text.indexOf("'", at + 1);
    return end < 0 ? undefined : { text: text.slice(at + 1, end), last: end };
  }
  return char === '"' ? quotedAt(text, at) : { text: char, last: at };
}

/** In double quotes a backslash escapes a quote or a backslash, else it is itself. */
function quotedAt(text: string, start: number): Piece | undefined {
  let inside = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { text: inside, last: at };
    const escaped = char === '\\' && /["\\]/.test(text.charAt(at + 1));
    if (escaped) at++;
    inside += escaped ? text.charAt(at) : char;
  }
  return undefined;
}
