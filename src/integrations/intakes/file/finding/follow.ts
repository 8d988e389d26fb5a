import type { FileFacts, LogFiles } from '../../../../core/ports/events/log-files.ts';
import { DAY_MS } from '../../../../core/model/window.ts';
import type { Tracked } from '../position.ts';
import { type Candidate, holds, holdsText, isMoving, isSameFile, moving, withFile } from './candidates.ts';
import { isAbsent } from './pattern.ts';
import { printOf } from './prints.ts';
import { firstText } from './unpack.ts';

/** A file, and what is to be done with it: nothing when it is `away`, and `gone` ones are forgotten. */
export interface Item {
  readonly tracked: Tracked;
  /** lost: it is gone, and its end was not read. */
  readonly fate: 'read' | 'away' | 'gone' | 'lost';
}

/** What files are looked for with. */
export interface Following {
  readonly files: LogFiles;
  /** Epoch ms. */
  readonly now: number;
  /** Those beside the path: all that is found out in a look is of one list. */
  candidates(): Promise<readonly Candidate[]>;
  /** It is a tracked one from now on, and no new one even when nothing more is tracked of it. */
  claim(it: Candidate): void;
}

/** Nobody writes any more into one that was put aside and not written for so long. */
const QUIET_MS = DAY_MS;

/** Where the rest is of a file that stands under its path no more. Null: nothing was ever seen of it. */
export async function restOf(current: Tracked, { candidates, files, claim }: Following): Promise<Item | null> {
  const all = await candidates();
  for (const it of all)
    if (isSameFile(it, current) && !it.isPacked && (await holds(it, current, files)))
      return { tracked: await withHead({ ...current, path: it.path, stage: 'old' }, files), fate: 'read' };
  if (isUnseen(current)) return null;
  // A copy, of which nobody writes more: its path was emptied, or it was packed.
  for (const it of all)
    if (!isSameFile(it, current) && (await holds(it, current, files))) {
      claim(it);
      return { tracked: { ...current, ...placeOf(it), stage: 'closed' }, fate: 'read' };
    }
  // NOTE: it is live no more, also when this look ends before it is told.
  return { tracked: { ...current, stage: 'closed' }, fate: 'lost' };
}

/** A file that was put aside: its writer may not know. It is followed until it is gone or quiet. */
export async function follow(tracked: Tracked, following: Following): Promise<Item> {
  const { files, now } = following;
  const here = await hereOf(tracked, files);
  const found = here === null ? await elsewhere(tracked, following) : null;
  const facts = found ?? here;
  if (facts === null) return afterwards(tracked, following);
  const isQuiet = facts.modifiedAt < now - QUIET_MS;
  const stage = isQuiet || tracked.stage === 'closed' ? 'closed' : 'old';
  return { tracked: await withHead({ ...tracked, path: found?.path ?? tracked.path, stage }, files), fate: 'read' };
}

/** With its first text, where there was none before: what is packed of it is known again by that. */
async function withHead(tracked: Tracked, files: LogFiles): Promise<Tracked> {
  if (!isUnseen(tracked)) return tracked;
  const { path, isPacked } = tracked;
  const first = await withFile(path, files, async (file) => {
    if (!isSameFile(await file.facts(), tracked)) throw moving(path);
    return firstText(file, isPacked);
  }).catch((error: unknown) => {
    if (isAbsent(error) || isMoving(error)) throw moving(path);
    return new Uint8Array();
  });
  return { ...tracked, head: printOf(first) };
}

/** Nothing of its text was there: only its number says which it is. */
export function isUnseen({ head }: Tracked): boolean {
  return head.length === 0;
}

export function placeOf({ path, isPacked, device, inode }: Candidate) {
  return { path, isPacked, device, inode };
}

async function hereOf(tracked: Tracked, files: LogFiles): Promise<FileFacts | null> {
  const { path, isPacked } = tracked;
  return withFile(path, files, async (file) => {
    const facts = await file.facts();
    if (!isSameFile(facts, tracked)) return null;
    return isUnseen(tracked) || (await holdsText(file, { ...facts, isPacked }, tracked)) ? facts : null;
  }).catch(() => null);
}

/** NOTE: its number may be another file's by now. */
async function elsewhere(tracked: Tracked, { candidates, files }: Following): Promise<Candidate | null> {
  for (const it of await candidates()) {
    if (!isSameFile(it, tracked) || it.isPacked !== tracked.isPacked) continue;
    if (isUnseen(tracked) || (await holds(it, tracked, files))) return it;
  }
  return null;
}

/** Of one that is no more: packed, or deleted after it was read. */
async function afterwards(tracked: Tracked, { candidates, files, claim }: Following): Promise<Item> {
  // NOTE: whatever is packed would hold nothing.
  for (const it of isUnseen(tracked) ? [] : await candidates())
    if (it.isPacked && (await holds(it, tracked, files))) {
      claim(it);
      return { tracked: { ...tracked, ...placeOf(it), stage: 'closed' }, fate: 'read' };
    }
  const isRead = tracked.stage === 'old' && tracked.generation !== '' && tracked.offset >= tracked.size;
  return { tracked, fate: isRead ? 'gone' : 'lost' };
}
