/** A line of a file: where it stands among bytes, without its line feed, and without a carriage return before that. */
export interface Line {
  readonly piece: Piece;
  readonly start: number;
  readonly stop: number;
  /** Of its first byte that counts, from the beginning of the file. */
  readonly offset: number;
  /** Bytes that were left out of its end, because it is too long. */
  readonly left: number;
}

/** Bytes of a file that are read at once, whole lines of them. What is no letter in them is marked in their text. */
export class Piece {
  readonly bytes: Buffer;
  /** Null: some letter is more than a byte. Undefined: nobody asked. */
  private whole: string | null | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** NOTE: for who reads the text of every line: where each letter is a byte, all of it is made a text at once. */
  cut(start: number, stop: number): string {
    if (this.whole === undefined) {
      const text = this.textBetween(0, this.bytes.length);
      this.whole = text.length === this.bytes.length ? text : null;
    }
    return this.whole === null ? this.textBetween(start, stop) : this.whole.slice(start, stop);
  }

  textBetween(start: number, stop: number): string {
    return this.bytes.toString('utf8', start, stop);
  }
}

export function textOf({ piece, start, stop }: Line): string {
  return piece.cut(start, stop);
}
