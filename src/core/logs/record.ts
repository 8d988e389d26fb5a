import type { Line } from './lines/line.ts';

/**
 * The words of reading logs:
 *
 * - line: bytes up to a line feed, as text
 * - read: what a reader makes of one line: a header, a part of something, a whole record, or nothing that it knows
 * - stream: lines of one writer (machine, program, thread where the line names it); others stand in between
 * - record: what belongs together: a header with what hangs on it, or a traceback with the lines before it
 */

/** What a line says of the record that it opens. */
export interface Head {
  /** debug, info, warning, error or fatal. */
  readonly level: string;
  /** Its time as it was written; null: it names none. */
  readonly time: string | null;
  readonly logger: string | null;
  /** The file that wrote it, and its line (from 1). */
  readonly path: string | null;
  readonly line: number | null;
  readonly function: string | null;
  /** Process or thread, in the log's own words. */
  readonly thread: string | null;
  /** Rest of the line. */
  readonly message: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a line is called where each has its own name, and when it was written. */
export interface Own {
  readonly id: string;
  readonly time: string;
}

/** A line of a stream. */
export interface Part {
  readonly stream: string;
  /** Without the prefix of whoever carried it. */
  readonly text: string;
  /** Set: it opens a record. */
  readonly head: Head | null;
  /** Set where each line has an id and a time of its own; asked for only by what needs it. */
  own(): Own | null;
  /** A remark, for people: the line is not quite what it looks like. */
  readonly note?: string;
  /** True: it is surely no header and no marker, and its text need not be looked at to know. */
  readonly beginsNothing?: boolean;
}

/** What a reader made of a line. */
export type Read = Part | { readonly whole: WholeRecord } | { readonly reason: string };

/** A line that is a record of its own. */
export interface WholeRecord {
  readonly stream: string;
  readonly head: Head;
  /** A traceback or stack as text; null: there is none. */
  readonly traceback: string | null;
  /** What is known of the exception without a stack. */
  readonly raised: { readonly type: string; readonly message: string } | null;
  readonly user: string | null;
  readonly environment: string | null;
  readonly release: string | null;
}

/** Reads the lines of one format. Pure, and of each line alone. */
export interface LogReader {
  readonly format: string;
  /**
   * What a record is called: `first` by its first line, `last` by the line of its last exception, which is the same
   * whether its context was read or not.
   */
  readonly identity: 'first' | 'last';
  /** Whether the lines after an exception belong to it until something else begins, or only what Python joins. */
  readonly carriesOn: boolean;
  read(line: Line): Read;
  /** What a stream's name says of its writer. */
  tagsOf(stream: string): Readonly<Record<string, string>>;
}

/** Something that belongs together. */
export interface LogRecord {
  /** The line's place, or its own id where it has one. */
  readonly id: string;
  readonly stream: string;
  readonly head: Head | null;
  /** The time that counts, as it was written; null: none is known. */
  readonly time: string | null;
  /** Its lines without the header's own. */
  readonly lines: readonly string[];
  /** The last lines of the stream before it. */
  readonly context: readonly string[];
  /** Lines that were left out of its middle. */
  readonly left: number;
  /** Its traceback has no exception: it was cut, or it still comes. */
  readonly isBroken: boolean;
  /** Lines after its exception were taken to be its message: nothing says where that ends. */
  readonly isEndUncertain: boolean;
  /** Set: the line was the whole record. */
  readonly whole: WholeRecord | null;
}

/** A remark on a line that was read all the same. */
export interface Note {
  readonly place: string;
  readonly reason: string;
  readonly text: string;
}
