import type { LogState } from '../../../core/logs/read-log.ts';
import type { Print } from './finding/prints.ts';

/** A file as far as it was read, by what it is and not by its name. Offsets are bytes of its text, not packed. */
export interface Tracked {
  /** Path that it is written under, or was. */
  readonly live: string;
  /** Where it is now. */
  readonly path: string;
  /** another: rotation has put another in its place · closed: and nobody writes into it any more. */
  readonly stage: 'live' | 'old' | 'closed';
  /** gzip has packed it. */
  readonly isPacked: boolean;
  readonly device: string;
  readonly inode: string;
  /** How many there were under that path before it. */
  readonly turn: number;
  /** What its events are called by; '': its first line was not seen yet. */
  readonly generation: string;
  /** Of its beginning, and of what stands before `offset`. */
  readonly head: Print;
  readonly tail: Print;
  readonly offset: number;
  /** As it was seen last. */
  readonly size: number;
  /** When it was read to its end last, epoch ms. */
  readonly readAt: number;
  /** Null: nothing of it waits for what follows. */
  readonly log: LogState | null;
  /** How often it could not be unpacked. */
  readonly tries: number;
  /** What is open at its end. */
  readonly open: OpenEnd | null;
}

export interface OpenEnd {
  /** Of the file, when it was found. */
  readonly size: number;
  /** When that was, epoch ms. */
  readonly since: number;
  readonly isTold: boolean;
}

/** The files of an intake, the older ones of a path first. */
export interface Position {
  /** What rotation put aside before, of a path without files, is known: begin of the last whole look, epoch ms. */
  readonly at: number;
  readonly files: readonly Tracked[];
  /** Files that were known, although they are younger than that, or than the last look at another one. */
  readonly passed: readonly string[];
}

const VERSION = 1;

export function positionText(position: Position): string {
  return JSON.stringify({ version: VERSION, ...position });
}

/** Undefined: nothing was read yet. Throws for what a newer release wrote. */
export function positionIn(text: string | null | undefined): Position | undefined {
  if (text == null) return undefined;
  const { version, at, files, passed } = JSON.parse(text) as Position & { readonly version: number };
  if (version !== VERSION) throw new Error(`its place in the ledger was written by another release (${version})`);
  return { at, files, passed };
}
