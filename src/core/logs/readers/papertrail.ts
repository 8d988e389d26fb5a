import { cleanLine } from '../lines/clean-line.ts';
import type { LogReader, Part, Read } from '../record.ts';

const COLUMNS = 10;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?$/;
const ID = /^\d{1,25}$/;

/**
 * Lines of an archive: ten columns with tabs between them, nothing quoted; further tabs are the message's. Each line
 * has its own id, machine, program and time.
 */
export function papertrailReader(): LogReader {
  let goodTime = '';
  return {
    format: 'papertrail',
    identity: 'last',
    carriesOn: false,
    read(text): Read {
      const cells = cellsOf(text);
      if (cells === null) return { reason: `an archive's line has ${COLUMNS} columns, this one has ${countOf(text)}` };
      const [id, time, , , machine, , , , program, message] = cells as [string, ...string[]];
      if (!ID.test(id)) return { reason: 'the first column is no id of a line' };
      if (time !== goodTime) {
        if (!TIME.test(time!)) return { reason: 'the second column is no time' };
        goodTime = time!;
      }
      return partOf({ id, time: time!, machine: machine!, program: program!, message: message! });
    },
    tagsOf(stream) {
      const [machine = '', ...program] = stream.split(' ');
      return { server_name: machine, program: program.join(' ') };
    },
  };
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
  return { stream: `${machine} ${program}`, text: cleanLine(message), head: null, own: { id, time } };
}

function cellsOf(text: string): readonly string[] | null {
  const cells: string[] = [];
  let start = 0;
  for (let n = 1; n < COLUMNS; n++) {
    const stop = text.indexOf('\t', start);
    if (stop === -1) return null;
    cells.push(text.slice(start, stop));
    start = stop + 1;
  }
  cells.push(text.slice(start));
  return cells;
}

function countOf(text: string): number {
  return text === '' ? 0 : text.split('\t').length;
}
