import type { DigestPlan } from '../../core/model/alerting/digest-plan.ts';
import type { BackupPlan } from '../../core/ports/backup/plan.ts';
import type { ReminderPlan } from '../../core/model/reminders/reminder-plan.ts';
import type { WatchPlan } from '../../core/model/watches/watch-plan.ts';
import { everyRun } from '../../core/schedules/runs.ts';
import type { NextDue } from '../../server/pages/status/sources.ts';
import { runsBy } from '../alerting/digests/runs-by.ts';

/** Those of the files in force. */
export interface Planned {
  readonly digests: readonly DigestPlan[];
  readonly watches: readonly WatchPlan[];
  readonly backup?: BackupPlan | undefined;
  readonly reminders: readonly ReminderPlan[];
}

/** What is due next after that instant, the soonest first. */
export async function nextDue(
  { digests, watches, backup, reminders }: Planned,
  now: number,
): Promise<readonly NextDue[]> {
  const nextRun = digests.length === 0 && backup === undefined ? undefined : await runsBy();
  const all = [
    ...digests.map(({ name, at }) => ({ kind: 'digest', name, at: nextRun!(at)(now) })),
    ...(backup === undefined ? [] : [{ kind: 'backup', name: backup.to, at: nextRun!(backup.at)(now) }]),
    ...(reminders.length === 0 ? [] : await nextReminders(reminders, now)),
    ...watches.map(({ name, everyMs }) => ({ kind: 'watch', name, at: everyRun(everyMs)(now) })),
  ];
  return all.flatMap(({ at, ...own }) => (at === null ? [] : [{ ...own, at }])).toSorted((a, b) => a.at - b.at);
}

/** On its next local day, whether anybody is told anything then or not. */
async function nextReminders(reminders: readonly ReminderPlan[], now: number) {
  const { nextDay } = await import('../../core/reminders/due-days.ts');
  return reminders.map(({ name, at, what }) => ({ kind: 'reminder', name, at: nextDay({ at, what }, now) }));
}
