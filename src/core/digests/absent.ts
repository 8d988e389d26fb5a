import type { DigestPlan } from '../model/alerting/digest-plan.ts';
import { isoOf, PERIOD_MS } from '../model/window.ts';
import type { KnownDigest } from '../ports/alerting/digest-store.ts';
import type { KeptMessage, Outbox } from '../ports/alerting/outbox.ts';
import type { NextRun } from '../schedules/runs.ts';
import { slotsIn } from '../schedules/slots.ts';
import { PATIENCE_MS } from './due.ts';
import { digestId, isDigestOf } from './message.ts';

/** So many slots in a row must be absent. */
const ABSENT = 2;

export interface Watched {
  readonly plan: DigestPlan;
  readonly rows: readonly KnownDigest[];
  readonly now: number;
  readonly next: NextRun;
  readonly memoryMs: number;
}

type Tell = (plan: DigestPlan, channel: string, line: string) => Promise<void>;

/** Says of a digest that should have been made twice by now, although somebody was there, that it does not come. */
export async function tellAbsent({ plan, rows, now, next, memoryMs }: Watched, tell: Tell): Promise<void> {
  // A run later than the latest time: until then nothing is wrong.
  const by = now - PATIENCE_MS - 2 * PERIOD_MS;
  for (const { channel, toldTo, upSince } of rows) {
    const absent = upSince > by ? [] : slotsIn(next, Math.max(toldTo, now - memoryMs), by);
    if (absent.length < ABSENT) continue;
    const why = plan.idle.includes(channel)
      ? `Something that it needs is at fault: see the faults of the files (${plan.where}).`
      : 'The log says why, as "digest not made".';
    const since = `since ${isoOf(toldTo)}: ${absent.length} are missing`;
    await tell(plan, channel, `The digest ${plan.name} has not been made for ${channel} ${since}. ${why}`);
  }
}

/** So many messages of a channel are looked at for the last ones of a digest. */
const LOOKED_AT = 50;

/** Says of a digest that was just made that the last ones did not reach their channel. `now`: end of its slot. */
export async function tellUnheard(
  { plan, channel, now }: { readonly plan: DigestPlan; readonly channel: string; readonly now: number },
  { outbox, absent }: { readonly outbox: Pick<Outbox, 'listed'>; readonly absent: Tell },
): Promise<void> {
  const all = await outbox.listed({ channel, limit: LOOKED_AT });
  const before = all.filter(
    ({ message }) => isDigestOf(message, plan.name) && message.id !== digestId(plan.name, isoOf(now), channel),
  );
  const last = before.slice(0, ABSENT);
  if (last.length < ABSENT || last.some(isHeard)) return;
  const why = last[0]!.error ?? last[0]!.fate;
  await absent(plan, channel, `The digest ${plan.name} did not reach ${channel} at its last two times: ${why}`);
}

/** NOTE: what was never tried waits for its turn, and of what is uncertain nobody knows. */
function isHeard({ fate, tries }: KeptMessage): boolean {
  return fate === 'sent' || fate === 'uncertain' || (fate === 'pending' && tries === 0);
}
