import { cleanLine } from '../lines/clean-line.ts';
import type { LogReader, Own, Part, Read } from '../record.ts';

const COLUMNS = 10;
const MOST_ID = 25;
/** Programs of machines that are known at once. */
const MOST_KNOWN = 1_000;

/**
 * Lines of an archive: ten columns with tabs between them, nothing quoted; further tabs are the message's. Each line
 * has its own id, machine, program and time.
 */
export function papertrailReader(): LogReader {
  const streamOf = createStreamNames();
  return {
    format: 'papertrail',
    identity: 'last',
    carriesOn: false,
    read(line): Read {
      const tabs = tabsIn(line);
      if (tabs === null) return { reason: `an archive's line has ${COLUMNS} columns, this one has ${countOf(line)}` };
      if (!isId(line, tabs[0]!)) return { reason: 'the first column is no id of a line' };
      if (!isTime(line, tabs[0]! + 1, tabs[1]!)) return { reason: 'the second column is no time' };
      return new ArchivedPart(streamOf(line, tabs), line, tabs);
    },
    tagsOf(stream) {
      const [machine = '', ...program] = stream.split(' ');
      return { server_name: machine, program: program.join(' ') };
    },
  };
}

// NOTE: of every line of an archive a few letters are looked at: whole patterns would take longer than all else.

function isId(line: string, end: number): boolean {
  return end > 0 && end <= MOST_ID && isDigit(line.charCodeAt(0)) && isDigit(line.charCodeAt(end - 1));
}

function isTime(line: string, start: number, end: number): boolean {
  return (
    end - start >= 19 &&
    isDigit(line.charCodeAt(start)) &&
    line.charCodeAt(start + 4) === 45 &&
    line.charCodeAt(start + 13) === 58
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** NOTE: of a million lines a handful are asked for their id and time: they are cut out when they are. */
class ArchivedPart implements Part {
  readonly stream: string;
  readonly text: string;
  readonly head = null;
  readonly #line: string;
  readonly #idEnd: number;
  readonly #timeEnd: number;

  constructor(stream: string, line: string, tabs: readonly number[]) {
    this.stream = stream;
    this.text = cleanLine(line.slice(tabs[8]! + 1));
    this.#line = line;
    this.#idEnd = tabs[0]!;
    this.#timeEnd = tabs[1]!;
  }

  own(): Own {
    return { id: this.#line.slice(0, this.#idEnd), time: this.#line.slice(this.#idEnd + 1, this.#timeEnd) };
  }
}

/**
 * The name of a machine's program, made once: it is asked for with every line. NOTE: by all that a line has from its
 * machine to its program, which is one piece of it, and the same in nearly all lines of a program.
 */
function createStreamNames(): (line: string, tabs: readonly number[]) => string {
  const known = new Map<string, string>();
  return (line, tabs) => {
    const columns = line.slice(tabs[3]! + 1, tabs[8]);
    let name = known.get(columns);
    if (name === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      name = nameOf(line.slice(tabs[3]! + 1, tabs[4]), line.slice(tabs[7]! + 1, tabs[8]));
      // NOTE: a copy, or the piece of the file that the line is of would be kept with it.
      known.set(`${columns} `.slice(0, -1), name);
    }
    return name;
  };
}

function nameOf(machine: string, program: string): string {
  return `${machine} ${program}`;
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
  return { stream: nameOf(machine, program), text: cleanLine(message), head: null, own: () => ({ id, time }) };
}

/** Where the first nine tabs are, in a list that is used again; null: there are fewer. */
function tabsIn(line: string): readonly number[] | null {
  for (let n = 0, at = -1; n < COLUMNS - 1; n++) {
    at = line.indexOf('\t', at + 1);
    if (at === -1) return null;
    TABS[n] = at;
  }
  return TABS;
}

const TABS: number[] = Array.from({ length: COLUMNS - 1 }, () => 0);

function countOf(text: string): number {
  return text === '' ? 0 : text.split('\t').length;
}
