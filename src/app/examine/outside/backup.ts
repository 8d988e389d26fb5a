import { type CopyName, PROOF, readName } from '../../../core/backup/names.ts';
import { whyOf } from '../../../core/backup/trouble.ts';
import { ageText, secondText } from '../../../core/alerts/words/times.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { BackupPlace } from '../../../core/ports/backup/place.ts';
import type { BackupPlan } from '../../../core/ports/backup/plan.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import { lastRun } from '../../../core/schedules/runs.ts';
import { placeAt } from '../../../integrations/places/index.ts';
import { many } from '../../../platform/numbers.ts';
import { runsBy } from '../../alerting/digests/runs-by.ts';
import type { World } from '../../world.ts';
import type { Check } from '../check.ts';

const NAME = 'backup';
/** A copy of a slot may be made so much later: the run comes after it, and what failed is tried again, ms. */
const LATE_MS = 2 * HOUR_MS;

/** Whether copies can be written, read and deleted where they are kept, and how old the newest one is. */
export function backupCheck(
  plan: BackupPlan,
  roots: readonly string[] | undefined,
  { now, uuid }: Pick<World, 'now' | 'uuid'>,
): Check {
  const finding = (status: Finding['status'], say: string): Finding => ({
    ...{ check: NAME, status, where: plan.where },
    say: `${plan.to}: ${say}`,
  });
  return {
    name: NAME,
    async *run() {
      try {
        const place = await placeAt(plan.to, now, roots);
        const names = await tryOut(place, `.sentry-monitor-check-${uuid()}`);
        yield finding('ok', 'can be written, read and deleted from');
        yield finding(...(await newestOf(names, plan, now())));
      } catch (error) {
        yield finding('failed', whyOf(error));
      }
    },
  };
}

/** Writes a file, reads it back and deletes it; gives back the names of what was there. */
async function tryOut(place: BackupPlace, name: string): Promise<readonly string[]> {
  const workshop = await place.workshop();
  try {
    const names = await place.names();
    await place.put(name, await workshop.write('check', `${name}\n`));
    try {
      await place.fetch(name, `${workshop.path}/back`);
    } finally {
      await place.remove(name);
    }
    return names;
  } finally {
    await workshop.remove();
  }
}

type Said = readonly [Finding['status'], string];

async function newestOf(names: readonly string[], { at }: BackupPlan, now: number): Promise<Said> {
  const there = new Set(names);
  const proven = names.flatMap((name) => (there.has(`${name}${PROOF}`) ? (readName(name) ?? []) : []));
  const newest = Math.max(...proven.map((copy: CopyName) => copy.at));
  if (proven.length === 0)
    return ['warning', 'no copy is there; the next plain run makes one, or sentry-monitor backup does now'];
  const said = `the newest of ${many(proven.length, 'proven file')} is of ${secondText(newest)}`;
  const slot = lastRun((await runsBy())(at), now - LATE_MS);
  if (slot === null || newest >= slot) return ['ok', said];
  const todo = 'see /status for what keeps it from being made, or make one now: sentry-monitor backup';
  return ['warning', `${said}, ${ageText(now - newest)} ago, and one was due at ${secondText(slot)}; ${todo}`];
}
