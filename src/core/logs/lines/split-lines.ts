/** A line of a file. */
export interface Line {
  /** Without its line feed, and without a carriage return before that. */
  readonly text: string;
  /** Of its first byte that counts, from the beginning of the file. */
  readonly offset: number;
  /** Behind its line feed. */
  readonly end: number;
  /** Bytes that were left out of its end, because it is too long. */
  readonly left: number;
}

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

/**
 * Splits at line feeds only: a lone carriage return or another separator stays in its line. Zero bytes at a line's
 * front (a hole that a writer left) are skipped. However the bytes come in pieces, the lines are the same.
 * `from`: where the first byte stands in the file.
 */
export function createLineSplitter(from = 0, encoding = 'utf-8'): LineSplitter {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const rest = createRest();
  let at = from;
  /** Ends the line that is open: `end` is behind it. */
  const endRest = (end: number, take: (line: Line) => void): void => {
    const { kept, left } = rest.take();
    take(lineOf(decoder, kept, { offset: at, end, left }));
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
      splitWhole(decoder, whole, at, take);
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
function splitWhole(decoder: TextDecoder, bytes: Uint8Array, at: number, take: (line: Line) => void): void {
  const text = decoder.decode(bytes);
  // NOTE: where letters are bytes, offsets in the text are those in the file; it is split as a whole, which is fast.
  if (text.length === bytes.length && bytes.length <= MOST_LINE_BYTES && !text.includes('\0')) {
    splitText(text, at, take);
    return;
  }
  for (let begin = 0; begin < bytes.length;) {
    const start = begin + zerosAt(bytes, begin);
    const stop = bytes.indexOf(LF, start);
    const kept = bytes.subarray(start, Math.min(stop, start + MOST_LINE_BYTES));
    take(lineOf(decoder, kept, { offset: at + start, end: at + stop + 1, left: stop - start - kept.length }));
    begin = stop + 1;
  }
}

function lineOf(decoder: TextDecoder, bytes: Uint8Array, place: Omit<Line, 'text'>): Line {
  const text = decoder.decode(bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes);
  return { ...place, text: place.offset === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text };
}

/** `text` ends with a line feed; each letter is a byte. `at`: where it stands in the file. */
function splitText(text: string, at: number, take: (line: Line) => void): void {
  for (let start = 0; start < text.length;) {
    const stop = text.indexOf('\n', start);
    const end = stop > start && text.charCodeAt(stop - 1) === CR ? stop - 1 : stop;
    take({ text: text.slice(start, end), offset: at + start, end: at + stop + 1, left: 0 });
    start = stop + 1;
  }
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
