import type { FileFacts, LogFile, LogFiles } from '../../../../core/ports/events/log-files.ts';
import type { LogPlan, LogState } from '../../../../core/logs/read-log.ts';
import { holdsRead, isSameFile, withFile } from '../finding/candidates.ts';
import { bytesAt, hashOf, isPrint, NO_PRINT, PRINT_BYTES, printOf } from '../finding/prints.ts';
import { firstText, textFrom } from '../finding/unpack.ts';
import type { Tracked } from '../position.ts';
import { followLog, type LogText } from './follow-log.ts';
import type { Writer } from './writer.ts';

/** What files are read with. */
export interface Reading {
  readonly plan: LogPlan;
  readonly files: LogFiles;
  readonly writer: Writer;
  /** Whose files they are: names of events differ between servers. */
  readonly owner: string;
  /** Begin of the look, epoch ms. */
  readonly began: number;
  /** A file is begun at its end. */
  readonly fromEnd: boolean;
  readonly hasLimit: boolean;
  /** Nothing more is to be read. */
  isOver(): boolean;
}

/** A file after it was read. */
export interface ReadFile {
  /** Null: there is nothing more to come of it. */
  readonly tracked: Tracked | null;
  /** What waits for the next file of the same path; null: nothing. */
  readonly handed: LogState | null;
  readonly isAtEnd: boolean;
}

const LF = 0x0a;
/** Nobody writes the rest of what was begun so long ago, ms. */
export const QUIET_MS = 60_000;

/**
 * Reads a file from where it was left to its end, and stores what comes of it. `hasNext`: another file follows, which
 * goes on with what is open here.
 */
export async function readItem(given: Tracked, index: number, hasNext: boolean, reading: Reading): Promise<ReadFile> {
  return withFile(given.path, reading.files, async (file) => {
    const facts = await file.facts();
    const stays: ReadFile = { tracked: given, handed: null, isAtEnd: false };
    // It was put aside since it was found: the next look finds it again.
    if (!isSameFile(facts, given)) return stays;
    if (!given.isPacked && !(await holdsRead(file, facts.size, given))) return stays;
    const tracked = await begun(given, file, facts, reading);
    if (tracked === null) return stays;
    if (tracked.generation === '') return { ...stays, tracked: { ...tracked, readAt: reading.began }, isAtEnd: true };
    // NOTE: before any event has that name: else the next look could give it another.
    if (given.generation === '') {
      reading.writer.place(index, tracked);
      await reading.writer.flush();
    }
    const { generation, path, offset, log } = tracked;
    const text = followLog(reading.plan, { generation, path, offset, at: reading.began }, log);
    const read = await readText({ tracked, file, text, index }, reading);
    if (!read.isAtEnd) return read;
    return ended(read, { tracked: read.tracked!, file, text, index }, hasNext, reading);
  });
}

/** With the name of its events, and where it begins; null: it is not the file any more. */
async function begun(tracked: Tracked, file: LogFile, facts: FileFacts, reading: Reading): Promise<Tracked | null> {
  if (tracked.generation !== '') return tracked;
  const { live, device, inode, turn, stage, isPacked } = tracked;
  const first = await firstText(file, isPacked);
  // It was emptied a moment ago.
  if (!isPrint(first.subarray(0, tracked.head.length), tracked.head)) return null;
  const end = first.indexOf(LF);
  const isGrowing = stage === 'live' && facts.modifiedAt > reading.began - QUIET_MS;
  if (end === -1 && first.length < PRINT_BYTES && (isGrowing || first.length === 0)) return tracked;
  const line = first.subarray(0, end === -1 ? first.length : end);
  const generation = hashOf([reading.owner, live, device, inode, turn, hashOf(line)].join('\n'));
  const offset = reading.fromEnd && stage === 'live' ? await lastLine(file, facts.size) : 0;
  return { ...tracked, generation, offset, head: printOf(first), size: facts.size };
}

/** Where the last line begins that has not ended; looked for in so many bytes. */
async function lastLine(file: LogFile, size: number): Promise<number> {
  const from = Math.max(0, size - 1_048_576);
  const bytes = await bytesAt(file, from, size - from);
  return from + bytes.lastIndexOf(LF) + 1;
}

interface Opened {
  readonly tracked: Tracked;
  readonly file: LogFile;
  readonly text: LogText;
  readonly index: number;
}

async function readText(opened: Opened, reading: Reading): Promise<ReadFile> {
  const { tracked, file, text, index } = opened;
  const { writer } = reading;
  let size = tracked.offset;
  for await (const piece of textFrom(file, tracked.isPacked, tracked.offset)) {
    for (const bytes of reading.hasLimit ? linesIn(piece) : [piece]) {
      if (reading.isOver() || writer.left() <= 0) return { ...(await stopped(opened, size)), isAtEnd: false };
      if (!(await isStill(opened, size + bytes.length))) return { ...(await stopped(opened, size)), isAtEnd: false };
      text.push(bytes);
      size += bytes.length;
      writer.readBytes(bytes.length);
      writer.add(text.take());
      writer.addTimings(text.takeTimings());
    }
    if (!writer.isFull()) continue;
    writer.place(index, (await stopped(opened, size)).tracked);
    await writer.flush();
  }
  return { ...(await stopped(opened, size)), isAtEnd: true };
}

/** Whether what was read up to there is of this file: it was not emptied meanwhile, nor written anew. */
async function isStill({ tracked, file }: Pick<Opened, 'tracked' | 'file'>, upTo: number): Promise<boolean> {
  if (tracked.isPacked) return true;
  const { size } = await file.facts();
  return size >= upTo && isPrint(await bytesAt(file, 0, tracked.head.length), tracked.head);
}

/** The file as far as it is read now. */
async function stopped({ tracked, file, text }: Opened, size: number): Promise<Omit<ReadFile, 'isAtEnd'>> {
  const { offset } = text;
  const log = text.state();
  if (tracked.isPacked) return { tracked: { ...tracked, offset, size, log, tail: NO_PRINT }, handed: null };
  const before = Math.min(offset, PRINT_BYTES);
  const [head, tail] = [
    await bytesAt(file, 0, Math.min(size, PRINT_BYTES)),
    await bytesAt(file, offset - before, before),
  ];
  const prints = (await isStill({ tracked, file }, size))
    ? { head: printOf(head), tail: printOf(tail) }
    : { head: tracked.head, tail: NO_PRINT };
  return { tracked: { ...tracked, offset, size, log, ...prints }, handed: null };
}

/** What is to be done at a file's end. */
async function ended(
  { tracked: read }: ReadFile,
  { tracked, file, text, index }: Opened,
  hasNext: boolean,
  { writer, began }: Reading,
): Promise<ReadFile> {
  const isOver = tracked.stage === 'closed';
  // Nobody ends the last line any more: it was the same at the last look.
  const isWhole = isOver || (tracked.stage === 'old' && read!.size === tracked.size);
  if (isWhole) text.endLine();
  if (isOver && !hasNext) text.end();
  writer.add(text.take());
  writer.addTimings(text.takeTimings());
  const { tracked: now } = await stopped({ tracked: read!, file, text, index }, read!.size);
  const handed = hasNext ? now!.log : null;
  const left = { ...now!, readAt: began, log: hasNext ? null : now!.log };
  return { tracked: isOver ? null : left, handed, isAtEnd: true };
}

function* linesIn(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.length;) {
    const end = piece.indexOf(LF, at);
    const next = end === -1 ? piece.length : end + 1;
    yield piece.subarray(at, next);
    at = next;
  }
}
