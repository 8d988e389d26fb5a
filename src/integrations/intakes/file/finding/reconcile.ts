import type { FileFacts, LogFiles } from '../../../../core/ports/events/log-files.ts';
import { DAY_MS } from '../../../../core/model/window.ts';
import type { Position, Tracked } from '../position.ts';
import { type Candidate, candidatesOf, holdsRead, isSameFile, packedHoldsRead, withFile } from './candidates.ts';
import { isAbsent, pathsOf } from './pattern.ts';
import { NO_PRINT } from './prints.ts';
import { livePaths } from './rotated.ts';
import { type FileTrouble, isOfFile } from '../trouble.ts';

/** A file, and what is to be done with it: nothing when it is `away`, and `gone` ones are forgotten. */
export interface Item {
  readonly tracked: Tracked;
  /** lost: it is gone, and its end was not read. */
  readonly fate: 'read' | 'away' | 'gone' | 'lost';
}

export interface Reconciled {
  /** The older ones of a path first. */
  readonly items: readonly Item[];
  readonly troubles: readonly FileTrouble[];
  /** See `Position`. */
  readonly passed: readonly string[];
}

export interface Look {
  /** A path, or a pattern of paths. */
  readonly paths: string;
  readonly files: LogFiles;
  /** Epoch ms. */
  readonly now: number;
}

/** Nobody writes any more into one that was put aside and not written for so long. */
const QUIET_MS = DAY_MS;

/**
 * What became of the files since the last look: by what they are, whatever they are called now. A file that is new
 * begins at its first byte.
 */
export async function reconcile(before: Position | undefined, look: Look): Promise<Reconciled> {
  const [items, troubles]: [Item[], FileTrouble[]] = [[], []];
  const trouble = (path: string, error: unknown): void => void troubles.push({ path, error });
  const { at: since, files: tracked, passed: former } = before ?? { at: null, files: [], passed: [] };
  const passed = new Set(former);
  const known = [...new Set(tracked.map(({ live }) => live))];
  const paths = await pathsOf(look.paths, look.files, trouble);
  for (const live of [...new Set([...known, ...livePaths(paths, known)])].toSorted()) {
    const own = tracked.filter((it) => it.live === live);
    try {
      items.push(...(await ofPath(live, own, { ...look, since, passed, trouble })));
    } catch (error) {
      if (!isOfFile(error)) throw error;
      trouble(live, error);
      items.push(...own.map(away));
    }
  }
  return { items, troubles, passed: [...passed].filter((it) => Number(it.split(' ')[1]) > look.now - DAY_MS) };
}

interface Around extends Look {
  /** Begin of the look before, epoch ms; null: there was none. */
  readonly since: number | null;
  /** See `Position`; it grows. */
  readonly passed: Set<string>;
  trouble(path: string, error: unknown): void;
}

async function ofPath(live: string, before: readonly Tracked[], around: Around): Promise<readonly Item[]> {
  const current = before.find(({ stage }) => stage === 'live');
  const older: Item[] = [];
  for (const it of before) if (it !== current) older.push(await follow(it, around));
  const seen = await see(live, current, around);
  if (seen === 'trouble') return [...older, ...(current === undefined ? [] : [away(current)])];
  if (seen === 'same') return [...older, { tracked: current!, fate: 'read' }];
  const last = current ?? before.toSorted((a, b) => a.turn - b.turn).at(-1);
  const { since } = around;
  if (last === undefined && (seen === 'absent' || since === null))
    return seen === 'absent' ? [] : [fresh(live, seen, 0, around)];
  const candidates = await candidatesOf(live, around.files);
  const moved = current === undefined ? [] : [await restOf(current, candidates, around)];
  // It may be on its way: while there is no new one, nothing is given up.
  if (seen === 'absent') return [...older, ...moved.map((it) => (it.fate === 'read' ? it : away(it.tracked)))];
  const known = [...[...older, ...moved].map(({ tracked }) => tracked), ...(current === undefined ? [] : [current])];
  const turn = last === undefined ? 0 : last.turn + 1;
  const from = last?.readAt ?? since!;
  const skipped = await unseen(candidates, known, from, around);
  notePassed(candidates, around);
  const others = skipped.map((it, n): Item => ({ tracked: rotated(live, it, turn + n, around), fate: 'read' }));
  return [...older, ...moved, ...others, fresh(live, seen, turn + others.length, around)];
}

function away(tracked: Tracked): Item {
  return { tracked, fate: 'away' };
}

/** What stands under the path: the file that was read so far, another one, or nothing. */
async function see(
  live: string,
  current: Tracked | undefined,
  { files, trouble }: Around,
): Promise<'same' | 'absent' | 'trouble' | FileFacts> {
  try {
    return await withFile(live, files, async (file) => {
      const facts = await file.facts();
      const isSame =
        current !== undefined && isSameFile(facts, current) && (await holdsRead(file, facts.size, current));
      return isSame ? 'same' : facts;
    });
  } catch (error) {
    if (isAbsent(error)) return 'absent';
    trouble(live, error);
    return 'trouble';
  }
}

/** Where the rest is of a file that stands under its path no more. */
async function restOf(current: Tracked, candidates: readonly Candidate[], { files }: Around): Promise<Item> {
  for (const it of candidates)
    if (isSameFile(it, current) && !it.isPacked && (await holds(it, current, files)))
      return { tracked: { ...current, path: it.path, stage: 'old' }, fate: 'read' };
  if (current.head.length === 0) return { tracked: current, fate: 'gone' };
  // A copy, of which nobody writes more: its path was emptied, or it was packed.
  for (const it of candidates)
    if (!isSameFile(it, current) && (await holds(it, current, files)))
      return { tracked: { ...current, ...placeOf(it), stage: 'closed' }, fate: 'read' };
  return { tracked: current, fate: 'lost' };
}

async function holds({ path, isPacked, size }: Candidate, tracked: Tracked, files: LogFiles): Promise<boolean> {
  return withFile(path, files, (file) =>
    isPacked ? packedHoldsRead(file, tracked) : holdsRead(file, size, tracked),
  ).catch(() => false);
}

/** A file that was put aside: its writer may not know. It is followed until it is gone or quiet. */
async function follow(tracked: Tracked, around: Around): Promise<Item> {
  const { files, now } = around;
  const isIt = async ({ path, ...facts }: FileFacts & { readonly path: string }): Promise<boolean> =>
    isSameFile(facts, tracked) && (tracked.isPacked || holds({ ...facts, path, isPacked: false }, tracked, files));
  const here = await withFile(tracked.path, files, (file) => file.facts()).catch(() => null);
  const isHere = here !== null && (await isIt({ ...here, path: tracked.path }));
  const candidates = isHere ? [] : await candidatesOf(tracked.live, files);
  let found: Candidate | undefined;
  // NOTE: its number may be another file's by now.
  for (const it of candidates)
    if (found === undefined && it.isPacked === tracked.isPacked && (await isIt(it))) found = it;
  const facts = found ?? (isHere ? here : null);
  if (facts === null) return afterwards(tracked, candidates, around);
  const isQuiet = facts.modifiedAt < now - QUIET_MS;
  const stage = isQuiet || tracked.stage === 'closed' ? 'closed' : 'old';
  return { tracked: { ...tracked, path: found?.path ?? tracked.path, stage }, fate: 'read' };
}

/** Of one that is no more: packed, or deleted after it was read. */
async function afterwards(tracked: Tracked, candidates: readonly Candidate[], { files }: Around): Promise<Item> {
  for (const it of candidates)
    if (it.isPacked && (await holds(it, tracked, files)))
      return { tracked: { ...tracked, ...placeOf(it), stage: 'closed' }, fate: 'read' };
  const isRead = tracked.stage === 'old' && tracked.generation !== '' && tracked.offset >= tracked.size;
  return { tracked, fate: isRead ? 'gone' : 'lost' };
}

/** Those that came and were put aside between two looks. */
async function unseen(
  candidates: readonly Candidate[],
  known: readonly Tracked[],
  since: number,
  { files, passed }: Around,
): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (const it of candidates) {
    const isNew = it.modifiedAt >= since && !passed.has(signOf(it));
    if (isNew && !(await isOneOf(it, known, files))) found.push(it);
  }
  return found;
}

/** NOTE: those that came after the look began are not older than what is read in it. */
function notePassed(candidates: readonly Candidate[], { now, passed }: Around): void {
  for (const it of candidates) if (it.modifiedAt >= now) passed.add(signOf(it));
}

function signOf({ device, inode, modifiedAt }: Candidate): string {
  return `${device}:${inode} ${modifiedAt}`;
}

async function isOneOf(it: Candidate, known: readonly Tracked[], files: LogFiles): Promise<boolean> {
  for (const one of known) {
    if (one.path === it.path && isSameFile(one, it)) return true;
    if (one.head.length > 0 && (await holds(it, one, files))) return true;
  }
  return false;
}

/** NOTE: what was put aside before is known by now: `readAt` says so until it is read. */
function fresh(live: string, { device, inode }: FileFacts, turn: number, { now }: Look): Item {
  const own = { live, path: live, stage: 'live', device, inode, turn, readAt: now } as const;
  return { tracked: { ...BLANK, ...own }, fate: 'read' };
}

function rotated(live: string, it: Candidate, turn: number, { now }: Look): Tracked {
  return { ...BLANK, live, ...placeOf(it), stage: it.isPacked ? 'closed' : 'old', turn, readAt: now };
}

function placeOf({ path, isPacked, device, inode }: Candidate) {
  return { path, isPacked, device, inode };
}

const BLANK = {
  ...{ isPacked: false, generation: '', head: NO_PRINT, tail: NO_PRINT },
  ...{ offset: 0, size: 0, log: null, tries: 0, open: null },
} as const;
