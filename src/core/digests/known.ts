import { type DigestPlan, scheduleText } from '../model/alerting/digest-plan.ts';
import type { DigestStore, KnownDigest } from '../ports/alerting/digest-store.ts';

/** What files say at present. */
export interface Files {
  readonly digests: readonly DigestPlan[];
  /** Of every file some text is in force: nothing is missing because of a fault. */
  readonly isWhole: boolean;
}

/** Nobody looked for so long, ms: then nobody was there. Runs may be an hour apart. */
const BREAK_MS = 90 * 60_000;

/**
 * What is known of digests, brought up to what files say. One that is new, or has another schedule, begins now: what
 * was before it was known is not told. What no file has any more is forgotten. A server with older files than those
 * that were seen last changes nothing.
 */
export async function syncKnown(
  store: Pick<DigestStore, 'look' | 'put' | 'forget'>,
  { digests, isWhole }: Files,
  { now, loadedAt }: { readonly now: number; readonly loadedAt: number },
): Promise<readonly KnownDigest[]> {
  const known = await store.look(now, BREAK_MS);
  const rows = new Map(known.map((row) => [nameOf(row.digest, row.channel), row]));
  const wanted = new Map(
    digests.flatMap(({ name, at, tell, idle }) =>
      [...tell, ...idle].map((channel): [string, KnownDigest] => [
        nameOf(name, channel),
        { digest: name, channel, schedule: scheduleText(at), loadedAt, toldTo: now, upSince: now, place: null },
      ]),
    ),
  );
  const fresh = [...wanted].filter(([name, { schedule }]) => {
    const row = rows.get(name);
    return row === undefined || (row.schedule !== schedule && row.loadedAt < loadedAt);
  });
  const gone = [...rows].filter(([name, row]) => isWhole && !wanted.has(name) && row.loadedAt < loadedAt);
  if (fresh.length === 0 && gone.length === 0) return known;
  await store.put(fresh.map(([, row]) => row));
  await store.forget(gone.map(([, row]) => row));
  return store.look(now, BREAK_MS);
}

function nameOf(digest: string, channel: string): string {
  return JSON.stringify([digest, channel]);
}
