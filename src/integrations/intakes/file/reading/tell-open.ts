import type { ErrorEvent } from '../../../../core/model/events/event.ts';
import { holdsRead, isSameFile, withFile } from '../finding/candidates.ts';
import { bytesAt } from '../finding/prints.ts';
import type { Tracked } from '../position.ts';
import { followLog } from './follow-log.ts';
import { QUIET_MS, type Reading } from './read-item.ts';

const MOST_BYTES = 1_048_576;

/** What is open at a file's end. */
export interface OpenRecords {
  readonly tracked: Tracked;
  /** To be stored as they are. */
  readonly events: readonly ErrorEvent[];
  /** What happened before this instant is stored, or it is not of this file, epoch ms; null: all is. */
  readonly heldAt: number | null;
}

/**
 * Records at the end of a file are told as they are once nothing came for a while: `afterMs` since they were found
 * (undefined: at the second look), or a minute since the file was written. What follows them later changes nothing of
 * their name. Null: another file stands there by now.
 */
export async function tellOpen(
  tracked: Tracked,
  afterMs: number | undefined,
  reading: Reading,
): Promise<OpenRecords | null> {
  const { log, open: before } = tracked;
  const none = { tracked: { ...tracked, open: null }, events: [], heldAt: null };
  if (log === null) return none;
  return withFile(tracked.path, reading.files, async (file) => {
    const facts = await file.facts();
    const { size, modifiedAt } = facts;
    if (!isSameFile(facts, tracked) || !(await holdsRead(file, size, tracked))) return null;
    const known = before !== null && before.size === size ? before : null;
    if (known?.isTold === true) return { tracked, events: [], heldAt: null };
    // NOTE: what stands in one that has no name yet is read under it only.
    const most = tracked.generation === '' ? 0 : MOST_BYTES;
    const half = await bytesAt(file, tracked.offset, Math.min(size - tracked.offset, most));
    const text = followLog(reading.plan, { ...tracked, at: reading.began }, log);
    text.push(half);
    text.endLine();
    text.tellOpen();
    const { events } = text.take();
    if (events.length === 0) return none;
    const since = known?.since ?? reading.began;
    const isPatient = afterMs === undefined ? known !== null : reading.began - since >= afterMs;
    const isTold = isPatient || modifiedAt <= reading.began - QUIET_MS;
    const open = { size, since, isTold };
    if (!isTold) {
      const heldAt = Math.min(...events.map(({ at }) => at));
      return { tracked: { ...tracked, open }, events: [], heldAt };
    }
    // NOTE: half a line is read again with its rest.
    return { tracked: { ...tracked, open, log: half.length > 0 ? log : text.state() }, events, heldAt: null };
  });
}
