import type { Piece } from '../lines/line.ts';

/** A machine's program, as lines of an archive name it. */
export interface Program {
  /** From the name of the machine to that of the program: five columns, the same in nearly all of its lines. */
  readonly columns: Uint8Array;
  readonly stream: string;
}

export interface Programs {
  /** The program whose columns begin there; null: they are not whole before `stop`. */
  at(piece: Piece, begin: number, stop: number): Program | null;
}

const COLUMNS = 5;
/** Programs that are known at once. */
const MOST_KNOWN = 1_000;
/** Of the columns of one that is known, bytes. */
const MOST_BYTES = 1_000;

/** NOTE: a program is asked for with every line of an archive: it is known by its bytes, and its name is made once. */
export function createPrograms(): Programs {
  const known = new Map<number, Program[]>();
  let count = 0;
  return {
    at(piece, begin, stop) {
      const { bytes } = piece;
      const sketch = sketchOf(bytes, begin, stop);
      const alike = known.get(sketch) ?? [];
      for (const program of alike) if (isAt(bytes, begin, stop, program.columns)) return program;
      const program = programIn(piece, begin, stop);
      if (program === null || program.columns.length > MOST_BYTES) return program;
      if (++count > MOST_KNOWN) {
        known.clear();
        count = 1;
      }
      known.set(sketch, [...(known.get(sketch) ?? []), program]);
      return program;
    },
  };
}

/** A number out of what differs between machines most. Programs with the same are looked at one by one. */
function sketchOf(bytes: Uint8Array, begin: number, stop: number): number {
  const end = tabFrom(bytes, begin, stop);
  return bytes[end - 1]! + (bytes[end - 2]! << 8) + (bytes[end - 3]! << 16);
}

/** NOTE: from its end, as programs of a machine differ there. */
function isAt(bytes: Uint8Array, begin: number, stop: number, columns: Uint8Array): boolean {
  const end = begin + columns.length;
  if (end >= stop || bytes[end] !== 0x09) return false;
  for (let n = columns.length - 1; n >= 0; n--) if (bytes[begin + n] !== columns[n]) return false;
  return true;
}

function programIn(piece: Piece, begin: number, stop: number): Program | null {
  const { bytes } = piece;
  const ends = [begin - 1];
  for (let n = 0; n < COLUMNS; n++) ends.push(tabFrom(bytes, ends.at(-1)! + 1, stop));
  if (ends.at(-1)! >= stop) return null;
  const machine = piece.textBetween(begin, ends[1]!);
  const program = piece.textBetween(ends[4]! + 1, ends[5]!);
  return { columns: new Uint8Array(bytes.subarray(begin, ends[5])), stream: programName(machine, program) };
}

/** The name of the stream of its lines. */
export function programName(machine: string, program: string): string {
  return `${machine} ${program}`;
}

/** Where the next tab is; `stop` or more: none is before it. NOTE: a named number here would take twice as long. */
export function tabFrom(bytes: Uint8Array, start: number, stop: number): number {
  let at = start;
  while (at < stop && bytes[at] !== 0x09) at++;
  return at;
}
