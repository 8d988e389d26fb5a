import type { Reject } from '../../../core/model/events/event.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { LogState } from '../../../core/logs/read-log.ts';
import { isAbsent } from './finding/pattern.ts';
import { hashOf } from './finding/prints.ts';
import type { Item } from './finding/follow.ts';
import type { Tracked } from './position.ts';
import { followLog } from './reading/follow-log.ts';
import { type Reading, readItem } from './reading/read-item.ts';
import { tellOpen } from './reading/tell-open.ts';
import { type FileTrouble, isOfFile } from './trouble.ts';

/** How far a look came. */
export interface Looked {
  readonly isDrained: boolean;
  /** All that happened before was read, epoch ms; null: nobody knows. */
  readonly watermark: number | null;
  readonly troubles: readonly FileTrouble[];
}

/** So often a packed file is tried. */
const MOST_TRIES = 3;
/** A path may be without a file for so long, while rotation is at work, ms. */
const ABSENT_MS = HOUR_MS;

/** Reads what was found, the older files of a path first. */
export async function readAll(
  items: readonly Item[],
  openAfterMs: number | undefined,
  reading: Reading,
): Promise<Looked> {
  const { writer, began } = reading;
  const files = items.map(({ tracked }): Tracked | null => tracked);
  const troubles: FileTrouble[] = [];
  let isDrained = true;
  const put = (index: number, tracked: Tracked | null): void => {
    files[index] = tracked;
    writer.place(index, tracked);
  };
  items.forEach(({ tracked }, index) => put(index, tracked));
  for (const [index, { fate }] of items.entries()) {
    const tracked = files[index]!;
    if (reading.isOver() || writer.left() <= 0) isDrained = false;
    if (!isDrained || fate === 'away') continue;
    const next = successor(files, index);
    try {
      const read =
        fate === 'read' ? await readItem(tracked, index, next !== null, reading) : over(tracked, fate, reading);
      put(index, read.tracked);
      if (next !== null && read.handed !== null) put(next, { ...files[next]!, log: read.handed });
      if (!read.isAtEnd) isDrained = false;
    } catch (error) {
      if (!isOfFile(error)) throw error;
      // It was put aside since it was found: the next look finds it again, and what follows it comes after it.
      if (isAbsent(error)) isDrained = false;
      else {
        troubles.push({ path: tracked.path, error });
        put(index, afterTrouble(files[index]!, reading));
      }
    }
  }
  const held = isDrained ? await openRecords(items, files, put, { openAfterMs, reading }) : null;
  const isKnown =
    held !== null && troubles.length === 0 && items.length > 0 && !items.some((it) => isLongAway(it, began));
  return { isDrained, troubles, watermark: isKnown ? Math.min(began, held) : null };
}

/** A packed file that is broken stays so: in the end nothing more of it is awaited. */
function afterTrouble(tracked: Tracked, reading: Reading): Tracked | null {
  const tries = tracked.tries + 1;
  return tracked.isPacked && tries >= MOST_TRIES ? over(tracked, 'lost', reading).tracked : { ...tracked, tries };
}

/** The next file of the same path, where it is at its beginning. */
function successor(files: readonly (Tracked | null)[], index: number): number | null {
  const [own, next] = [files[index], files[index + 1]];
  if (own == null || next == null || next.live !== own.live) return null;
  return next.offset === 0 && next.log === null ? index + 1 : null;
}

/** A file that is no more. */
function over(
  tracked: Tracked,
  fate: 'gone' | 'lost',
  { writer, plan, began }: Reading,
): { readonly tracked: null; readonly handed: LogState | null; readonly isAtEnd: true } {
  if (tracked.log !== null) {
    const text = followLog(plan, { ...tracked, at: began }, tracked.log);
    text.end();
    writer.add(text.take());
  }
  if (fate === 'lost') writer.add({ events: [], rejects: [lossOf(tracked, began)], notes: [] });
  return { tracked: null, handed: null, isAtEnd: true };
}

function lossOf({ live, generation, device, inode, turn, offset, size }: Tracked, at: number): Reject {
  const name = generation === '' ? hashOf([live, device, inode, turn].join('\n')) : generation;
  const [id, bytes] = [`${name}:lost`, size > offset ? `bytes ${offset} to ${size}` : `from byte ${offset} on`];
  const reason = 'rotation took the file away before its end was read, and nothing of it is left beside it';
  return { id, at, reason, place: `${live}, ${bytes}`, text: '' };
}

/** What happened before is stored, epoch ms; Infinity: nothing is open. Null: some of it could not be looked at. */
async function openRecords(
  items: readonly Item[],
  files: readonly (Tracked | null)[],
  put: (index: number, tracked: Tracked | null) => void,
  { openAfterMs, reading }: { readonly openAfterMs: number | undefined; readonly reading: Reading },
): Promise<number | null> {
  let held: number | null = Infinity;
  for (const [index, tracked] of files.entries()) {
    if (tracked === null || items[index]!.fate !== 'read' || tracked.isPacked) continue;
    const found = await tellOpen(tracked, openAfterMs, reading).catch(() => null);
    if (found === null) {
      held = null;
      continue;
    }
    put(index, found.tracked);
    reading.writer.add({ events: found.events, rejects: [], notes: [] });
    if (held !== null) held = Math.min(held, found.heldAt ?? Infinity);
  }
  return held;
}

function isLongAway({ fate, tracked }: Item, now: number): boolean {
  return fate === 'away' && tracked.readAt < now - ABSENT_MS;
}
