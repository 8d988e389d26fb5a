import type { FileFacts, LogFiles } from '../../../../core/ports/events/log-files.ts';
import { once } from '../../../../platform/late.ts';
import type { Position, Tracked } from '../position.ts';
import { type Candidate, candidatesOf, holdsRead, isMoving, isSameFile, moving, withFile } from './candidates.ts';
import { follow, isUnseen, type Item, placeOf, restOf } from './follow.ts';
import { isAbsent, pathsOf } from './pattern.ts';
import { bytesAt, NO_PRINT, printOf } from './prints.ts';
import { livePaths } from './rotated.ts';
import { type FileTrouble, isOfFile } from '../trouble.ts';
import { firstText } from './unpack.ts';
import { type Newcomer, unseen } from './unseen.ts';

export interface Reconciled {
  /** The older ones of a path first. */
  readonly items: readonly Item[];
  readonly troubles: readonly FileTrouble[];
  /** See `Position`. */
  readonly at: number;
  readonly passed: readonly string[];
}

export interface Look {
  /** A path, or a pattern of paths. */
  readonly paths: string;
  readonly files: LogFiles;
  /** Epoch ms. */
  readonly now: number;
}

/** So often a path is looked at while rotation is at work beside it; then the next look does. */
const MOST_TRIES = 3;

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
      items.push(...(await settled(live, own, { ...look, since, passed, trouble })));
    } catch (error) {
      if (!isOfFile(error)) throw error;
      trouble(live, error);
      items.push(...own.map(away));
    }
  }
  // NOTE: what could not be looked at just now was not known by then.
  const at = troubles.length === 0 ? look.now : (since ?? look.now);
  // What is older is never looked at for new ones.
  const least = Math.min(at, ...items.map(({ tracked: { readAt } }) => readAt));
  return { items, troubles, at, passed: [...passed].filter((it) => Number(it.split(' ')[1]) >= least) };
}

/** What is of a path, at one moment. */
async function settled(live: string, before: readonly Tracked[], around: Around): Promise<readonly Item[]> {
  for (let tried = 1; ; tried++) {
    const passed = new Set(around.passed);
    try {
      const items = await ofPath(live, before, { ...around, passed });
      for (const it of passed) around.passed.add(it);
      return items;
    } catch (error) {
      if (!isMoving(error) || tried === MOST_TRIES) throw error;
    }
  }
}

interface Around extends Look {
  /** See `Position`; null: there was no look before. */
  readonly since: number | null;
  /** See `Position`; it grows. */
  readonly passed: Set<string>;
  trouble(path: string, error: unknown): void;
}

async function ofPath(live: string, before: readonly Tracked[], around: Around): Promise<readonly Item[]> {
  const { files, now, since, passed } = around;
  const current = before.findLast(({ stage }) => stage === 'live');
  const seen = await see(live, current, around);
  // NOTE: listed after the path was looked at: what was put aside until then is in the list.
  const candidates = once(() => candidatesOf(live, files));
  const following = { files, now, candidates, claim: (it: Candidate) => void passed.add(signOf(it)) };
  const older: Item[] = [];
  for (const it of before) if (it !== current) older.push(await follow(it, following));
  if (seen === 'trouble') return [...older, ...(current === undefined ? [] : [away(current)])];
  if (seen === 'same') return [...older, { tracked: current!, fate: 'read' }];
  if (before.length === 0 && since === null) return seen === 'absent' ? [] : [read(fresh(live, seen, 0, around))];
  const moved = current === undefined ? null : await restOf(current, following);
  const items = [...older, ...itemsOf(current, moved, seen === 'absent')];
  const added = await newOnes(live, { seen, items, before, since, current }, await candidates(), around);
  const [first, ...others] = added;
  // NOTE: what is open at the end of the one before goes on in the next: nothing else has it any more.
  const isLeft = first !== undefined && seen !== 'absent' && moved === null;
  const all = isLeft ? [{ ...first, log: current?.log ?? null }, ...others] : added;
  return [...items, ...all.map(read)].toSorted((a, b) => a.tracked.turn - b.tracked.turn);
}

/** What becomes of the one that was under the path. */
function itemsOf(current: Tracked | undefined, moved: Item | null, isAbsent: boolean): readonly Item[] {
  if (current === undefined) return [];
  // It may be on its way: while there is no new one, nothing is given up.
  if (isAbsent) return [moved?.fate === 'read' ? moved : away(current)];
  return moved === null ? [] : [moved];
}

function read(tracked: Tracked): Item {
  return { tracked, fate: 'read' };
}

function away(tracked: Tracked): Item {
  return { tracked, fate: 'away' };
}

/** What stands under a path. */
interface Seen extends FileFacts {
  readonly first: Uint8Array;
}

/** What stands under the path: the file that was read so far, another one, or nothing. */
async function see(
  live: string,
  current: Tracked | undefined,
  { files, trouble }: Around,
): Promise<'same' | 'absent' | 'trouble' | Seen> {
  try {
    return await withFile(live, files, async (file) => {
      const facts = await file.facts();
      // NOTE: one of which nothing was seen may have been copied away and emptied since, however it looks.
      const isKnown = current !== undefined && !isUnseen(current) && isSameFile(facts, current);
      if (isKnown && (await holdsRead(file, facts.size, current))) return 'same';
      return { ...facts, first: await firstText(file, false) };
    });
  } catch (error) {
    if (isAbsent(error)) return 'absent';
    trouble(live, error);
    return 'trouble';
  }
}

/** Throws unless the same still stands under the path, with the same first text. */
async function assertStill(live: string, seen: Seen, { files }: Around): Promise<void> {
  const isStill = await withFile(live, files, async (file) => {
    const first = seen.first.length === 0 ? await firstText(file, false) : await bytesAt(file, 0, seen.first.length);
    return isSameFile(await file.facts(), seen) && Buffer.compare(first, seen.first) === 0;
  }).catch(() => false);
  if (!isStill) throw moving(live);
}

interface Change {
  readonly seen: Seen | 'absent';
  readonly items: readonly Item[];
  readonly before: readonly Tracked[];
  /** See `Position`; null: there was no look before. */
  readonly since: number | null;
  readonly current: Tracked | undefined;
}

/** Those that came and were put aside between two looks, and the one that stands under the path now. */
async function newOnes(
  live: string,
  { seen, items, before, since, current }: Change,
  candidates: readonly Candidate[],
  around: Around,
): Promise<readonly Tracked[]> {
  const { files, now, passed } = around;
  const followed = items.flatMap(({ tracked, fate }) => (fate === 'read' || !isUnseen(tracked) ? [tracked] : []));
  const known = current === undefined || isUnseen(current) ? followed : [...followed, current];
  const last = before.toSorted((a, b) => a.turn - b.turn).at(-1);
  const [turn, from] = [(last?.turn ?? -1) + 1, (current ?? last)?.readAt ?? since!];
  const first = seen === 'absent' ? new Uint8Array() : seen.first;
  const isPassed = (it: Candidate): boolean => passed.has(signOf(it));
  const skipped = await unseen(candidates, { files, now, from, known, live: first, isPassed });
  for (const { candidate } of skipped) passed.add(signOf(candidate));
  const others = skipped.map((it, n) => rotated(live, it, turn + n, around));
  if (seen === 'absent') return others;
  await assertStill(live, seen, around);
  // NOTE: those that came after the look began are not older than what is read in it.
  for (const it of candidates) if (it.modifiedAt >= now) passed.add(signOf(it));
  return [...others, fresh(live, seen, turn + others.length, around)];
}

function signOf({ device, inode, modifiedAt }: Candidate): string {
  return `${device}:${inode} ${modifiedAt}`;
}

/** NOTE: what was put aside before is known by now: `readAt` says so until it is read. */
function fresh(live: string, { device, inode, first }: Seen, turn: number, { now }: Look): Tracked {
  return { ...BLANK, live, path: live, stage: 'live', device, inode, turn, readAt: now, head: printOf(first) };
}

function rotated(live: string, { candidate, first }: Newcomer, turn: number, { now }: Look): Tracked {
  const stage = candidate.isPacked ? 'closed' : 'old';
  return { ...BLANK, live, ...placeOf(candidate), stage, turn, readAt: now, head: printOf(first) };
}

const BLANK = {
  ...{ isPacked: false, generation: '', head: NO_PRINT, tail: NO_PRINT },
  ...{ offset: 0, size: 0, log: null, tries: 0, open: null },
} as const;
