import { DAY_MS } from '../../../../core/model/window.ts';
import type { TextReading } from '../../../vendors/logs/read-text.ts';
import { moveOn, type Moving, readPosition } from '../coverage/move-on.ts';
import type { LivePosition } from '../coverage/position.ts';
import { readSlice } from './read-slice.ts';
import type { Search } from './search.ts';
import { takeLines } from './take-lines.ts';

export interface Following extends Moving {
  readonly search: Search;
  readonly reading: TextReading;
}

/** What came in so late is still searched for, ms; what was missed before is left to archives. */
const REACH_MS = DAY_MS;
/** A line can be found so long after it came in, ms. */
const LAG_MS = 30_000;
const SLICE_MS = 300_000;
/** Requests of a look at most: others have their turn. */
const MOST_REQUESTS = 200;
/** Of the scope's time so much is kept, ms. */
const KEPT_MS = 5_000;

/** Reads what came in since the last look; the first begins now. False: there is more. */
export async function followLive(following: Following): Promise<boolean> {
  const { search, scope, reading } = following;
  const budget = { requests: MOST_REQUESTS };
  const until = Math.floor((following.now() - LAG_MS) / 1_000) * 1_000;
  const before = (await readPosition(following)).live;
  let at = begun(before, until);
  if (before === null) await moveOn(following, at);
  while (at.until < until) {
    if (scope.signal.aborted || following.now() > scope.deadline - KEPT_MS) return false;
    const span = { start: at.until, end: Math.min(until, at.until + SLICE_MS) };
    const slice = await readSlice(span, { search, scope, budget });
    if (slice === null) return false;
    at = await takeLines(slice, at, reading);
    await moveOn(following, at);
  }
  return true;
}

/** After a day away it begins anew: what was open then is not gone on with. */
function begun(live: LivePosition | null, until: number): LivePosition {
  if (live === null) return { until, after: null, state: null, spans: [] };
  return live.until >= until - REACH_MS ? live : { ...live, until: until - REACH_MS, state: null };
}
