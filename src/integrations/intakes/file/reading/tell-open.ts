import type { ErrorEvent } from '../../../../core/model/events/event.ts';
import { withFile } from '../finding/candidates.ts';
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
 * their name.
 */
export async function tellOpen(tracked: Tracked, afterMs: number | undefined, reading: Reading): Promise<OpenRecords> {
  const { log, open: before } = tracked;
  const none = { tracked: { ...tracked, open: null }, events: [], heldAt: null };
  if (log === null) return none;
  return withFile(tracked.path, reading.files, async (file) => {
    const { size, modifiedAt } = await file.facts();
    const known = before !== null && before.size === size ? before : null;
    if (known?.isTold === true) return { tracked, events: [], heldAt: null };
    const half = await bytesAt(file, tracked.offset, Math.min(size - tracked.offset, MOST_BYTES));
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
