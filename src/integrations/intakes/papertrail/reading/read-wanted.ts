import type { ClaimedObject } from '../../../../core/ports/events/object-book.ts';
import type { IntakeStore } from '../../../../core/ports/events/intake.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Deps } from '../../../plugin.ts';
import type { TextReading } from '../../../vendors/logs/read-text.ts';
import { isOfStore, wordsOf } from '../trouble.ts';
import type { Archives } from './archives.ts';
import { readArchive } from './read-archive.ts';
import { stateBefore, textOf } from './states.ts';

export interface Wanted {
  /** Of the intake. */
  readonly name: string;
  readonly bucket: string;
  readonly archives: Archives;
  readonly store: IntakeStore;
  readonly scope: Scope;
  readonly reading: TextReading;
  readonly deps: Pick<Deps, 'now' | 'redact'>;
}

/** So often an archive is begun until it is given up, and so long nobody else reads it, ms. */
const MOST_TRIES = 3;
const LEASE_MS = 600_000;
const AGAIN_MS = 30_000;
/** Of the scope's time so much is kept, ms. */
const KEPT_MS = 5_000;

/** Archives that are to be read, the oldest first, until there is none. */
export async function readWanted(
  wanted: Wanted,
): Promise<{ readonly isDrained: boolean; readonly troubles: readonly string[] }> {
  const { deps, name, store, scope } = wanted;
  const troubles: string[] = [];
  for (;;) {
    if (scope.signal.aborted || deps.now() > scope.deadline - KEPT_MS) return { isDrained: false, troubles };
    const claimed = await store.objects.claim(name, LEASE_MS);
    if (claimed === null) return { isDrained: true, troubles };
    const trouble = await readOne(claimed, wanted);
    if (trouble !== null) troubles.push(trouble);
  }
}

/** Why it was not read; null: it was. */
async function readOne(claimed: ClaimedObject, wanted: Wanted): Promise<string | null> {
  const { bucket, deps, name, store, archives, scope, reading } = wanted;
  try {
    const before = await stateBefore(claimed, wanted);
    const around = { archives, signal: scope.signal };
    const state = await readArchive({ bucket, key: claimed.name }, before, around, reading);
    await store.objects.settle(name, claimed, { status: 'read', state: textOf(state) });
    return null;
  } catch (error) {
    if (isOfStore(error)) throw error;
    const why = wordsOf(error, deps.redact);
    // Its time was over: that is no fault of the archive.
    const isLast = claimed.tries >= MOST_TRIES && !scope.signal.aborted;
    const place = `s3://${bucket}/${claimed.name}`;
    if (isLast) {
      const reject = { id: `${place}:broken`, at: deps.now(), reason: `archive not read: ${why}`, place, text: '' };
      reading.counting.add([], await store.add({ project: name, events: [], rejects: [reject] }), 1);
    }
    const end = isLast
      ? ({ status: 'given up', why } as const)
      : ({ status: 'wanted', againMs: AGAIN_MS, why } as const);
    await store.objects.settle(name, claimed, end);
    return `${place}: ${why}${isLast ? `; tried ${MOST_TRIES} times, it is left out until it is posted again` : ''}`;
  }
}
