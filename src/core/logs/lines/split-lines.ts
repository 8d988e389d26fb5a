import { type Line, Piece } from './line.ts';

export interface LineSplitter {
  /** The lines that end in these bytes; `take` gets them in order. */
  push(bytes: Uint8Array, take: (line: Line) => void): void;
  /** The last line, when it has no line feed. */
  end(take: (line: Line) => void): void;
  /** Where the line begins that has not ended: what is to be read again. */
  readonly offset: number;
}

/** Of a line at most, bytes. */
export const MOST_LINE_BYTES = 1_048_576;
const LF = 0x0a;
const CR = 0x0d;
/** What may stand at the beginning of a file: it says how it is encoded, and is no letter of it. */
const MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * Splits at line feeds only: a lone carriage return or another separator stays in its line. Zero bytes at a line's
 * front (a hole that a writer left) are skipped. However the bytes come in pieces, the lines are the same.
 * `from`: where the first byte stands in the file.
 */
export function createLineSplitter(from = 0): LineSplitter {
  const rest = createRest();
  let at = from;
  /** Ends the line that is open: `end` is behind it. */
  const endRest = (end: number, take: (line: Line) => void): void => {
    const { kept, left } = rest.take();
    take({ ...lineIn(new Piece(kept), 0, kept.length, at), left });
    at = end;
  };
  const keep = (bytes: Uint8Array): void => {
    const skipped = rest.length === 0 ? zerosAt(bytes, 0) : 0;
    at += skipped;
    rest.add(bytes.subarray(skipped));
  };
  return {
    push(bytes, take) {
      let chunk = bytes;
      if (rest.length > 0) {
        const stop = chunk.indexOf(LF);
        rest.add(stop === -1 ? chunk : chunk.subarray(0, stop));
        if (stop === -1) return;
        endRest(at + rest.length + 1, take);
        chunk = chunk.subarray(stop + 1);
      }
      const whole = chunk.subarray(0, chunk.lastIndexOf(LF) + 1);
      splitWhole(whole, at, take);
      at += whole.length;
      keep(chunk.subarray(whole.length));
    },
    end(take) {
      if (rest.length > 0) endRest(at + rest.length, take);
    },
    get offset() {
      return at;
    },
  };
}

/** Bytes that end with a line feed. `at`: where they stand in the file. */
function splitWhole(bytes: Uint8Array, at: number, take: (line: Line) => void): void {
  const piece = new Piece(bytes);
  for (let begin = 0; begin < bytes.length;) {
    const end = piece.bytes.indexOf(LF, begin);
    const start = begin + zerosAt(bytes, begin);
    take(lineIn(piece, start, end, at));
    begin = end + 1;
  }
}

/** The line between two places of a piece. `at`: where the piece stands in the file. */
function lineIn(piece: Piece, begin: number, end: number, at: number): Line {
  const { bytes } = piece;
  const start = at + begin === 0 && MARK.every((byte, n) => bytes[n] === byte) ? MARK.length : begin;
  const stop = Math.min(end, begin + MOST_LINE_BYTES);
  const bare = bytes[stop - 1] === CR ? stop - 1 : stop;
  return { piece, start, stop: bare, offset: at + begin, left: end - stop };
}
function zerosAt(bytes: Uint8Array, start: number): number {
  let count = 0;
  while (bytes[start + count] === 0) count++;
  return count;
}

/** Bytes of a line that has not ended. Of a line that is too long the rest is counted, and not kept. */
function createRest() {
  let pieces: Uint8Array[] = [];
  let [kept, left] = [0, 0];
  return {
    get length(): number {
      return kept + left;
    },
    add(bytes: Uint8Array): void {
      const some = bytes.slice(0, MOST_LINE_BYTES - kept);
      if (some.length > 0) pieces.push(some);
      kept += some.length;
      left += bytes.length - some.length;
    },
    take(): { readonly kept: Uint8Array; readonly left: number } {
      const all = new Uint8Array(kept);
      let at = 0;
      for (const piece of pieces) {
        all.set(piece, at);
        at += piece.length;
      }
      const taken = { kept: all, left };
      pieces = [];
      [kept, left] = [0, 0];
      return taken;
    },
  };
}
