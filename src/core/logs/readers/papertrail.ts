import { cleanLine } from '../lines/clean-line.ts';
import { type Line, textOf } from '../lines/line.ts';
import { mayBegin } from '../tracebacks/line-kinds.ts';
import type { LogReader, Own, Part, Read } from '../record.ts';
import { createPrograms, programName, tabFrom } from './programs.ts';

const COLUMNS = 10;
const MOST_ID = 25;
/** Of a message that waits to be asked for, bytes: the piece of the file that it is of is held as long. */
const MOST_WAITING = 8_192;

/**
 * Lines of an archive: ten columns with tabs between them, nothing quoted; further tabs are the message's. Each line
 * has its own id, machine, program and time.
 */
export function papertrailReader(): LogReader {
  const programs = createPrograms();
  return {
    format: 'papertrail',
    identity: 'last',
    carriesOn: false,
    read(line): Read {
      const { piece, start, stop } = line;
      const { bytes } = piece;
      const idEnd = tabFrom(bytes, start, stop);
      const timeEnd = tabFrom(bytes, idEnd + 1, stop);
      const source = tabFrom(bytes, timeEnd + 1, stop);
      const begin = tabFrom(bytes, source + 1, stop) + 1;
      const program = programs.at(piece, begin, stop);
      if (program === null)
        return { reason: `an archive's line has ${COLUMNS} columns, this one has ${countOf(textOf(line))}` };
      if (!isId(bytes, start, idEnd)) return { reason: 'the first column is no id of a line' };
      if (!isTime(bytes, idEnd + 1, timeEnd)) return { reason: 'the second column is no time' };
      return new ArchivedPart(program.stream, line, begin + program.columns.length + 1);
    },
    tagsOf(stream) {
      const [machine = '', ...program] = stream.split(' ');
      return { server_name: machine, program: program.join(' ') };
    },
  };
}

// NOTE: of every line of an archive a few bytes are looked at: whole patterns would take longer than all else.

function isId(bytes: Uint8Array, start: number, end: number): boolean {
  return end > start && end - start <= MOST_ID && isDigit(bytes[start]) && isDigit(bytes[end - 1]);
}

function isTime(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 19 && isDigit(bytes[start]) && bytes[start + 4] === 45 && bytes[start + 13] === 58;
}

function isDigit(byte = 0): boolean {
  return byte >= 48 && byte <= 57;
}

/** NOTE: of a million lines a handful are asked for text, id and time: these are made when they are. */
class ArchivedPart implements Part {
  readonly stream: string;
  readonly head = null;
  readonly beginsNothing: boolean;
  private readonly line: Line;
  /** Of its message. */
  private readonly begin: number;

  constructor(stream: string, line: Line, begin: number) {
    this.stream = stream;
    this.beginsNothing = line.stop - begin < MOST_WAITING && !mayBegin(line.piece.bytes, begin, line.stop);
    this.line = line;
    this.begin = begin;
  }

  get text(): string {
    return cleanLine(this.line.piece.textBetween(this.begin, this.line.stop));
  }

  own(): Own {
    const { piece, start, stop } = this.line;
    const idEnd = tabFrom(piece.bytes, start, stop);
    const timeEnd = tabFrom(piece.bytes, idEnd + 1, stop);
    return { id: piece.textBetween(start, idEnd), time: piece.textBetween(idEnd + 1, timeEnd) };
  }
}

export interface CarriedLine {
  /** NOTE: text, for ids are greater than what a number holds. */
  readonly id: string;
  readonly time: string;
  readonly machine: string;
  readonly program: string;
  readonly message: string;
}

/** A line as the archive and the live search have it. */
export function partOf({ id, time, machine, program, message }: CarriedLine): Part {
  return { stream: programName(machine, program), text: cleanLine(message), head: null, own: () => ({ id, time }) };
}

function countOf(text: string): number {
  return text === '' ? 0 : text.split('\t').length;
}
