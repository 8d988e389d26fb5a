import { meantBy } from '../../../core/model/alerting/recipients.ts';
import type { WorkDone } from '../../../core/ports/alerting/due.ts';
import type { ReminderStore } from '../../../core/ports/reminders/reminder-store.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import { once } from '../../../platform/late.ts';
import { inUse } from '../channels-in-use.ts';
import { bySharedClock } from '../decide.ts';
import type { KeptDeps } from '../deps.ts';

type WorkAll = (scope: Scope) => Promise<readonly WorkDone[]>;

/** Reminders are told by the service alone. Nothing of it is loaded as long as no file has one. */
export function remindersOf(deps: KeptDeps, admin: Admin): readonly Chore[] {
  const { reminders: store } = deps.ledger;
  if (store === undefined) return [];
  const work = once(() => load(deps, store, admin));
  let isBegun = false;
  return [
    {
      name: 'reminders',
      async work(scope) {
        // What was begun is to be forgotten, also when the files no longer say anything of it.
        isBegun ||= deps.inForce().reminders.length > 0;
        return isBegun ? (await work())(scope) : [];
      },
    },
  ];
}

async function load(deps: KeptDeps, store: ReminderStore, admin: Admin): Promise<WorkAll> {
  const [{ workReminders }, { remindDays }] = await Promise.all([
    import('../../../core/reminders/work.ts'),
    import('../../../core/reminders/make/remind.ts'),
  ]);
  const { inForce, server } = deps;
  const channels = (): ReadonlySet<string> => new Set(inUse(deps).keys());
  const ofAdmin = (): readonly string[] => (admin.channel === undefined ? [] : meantBy(admin.channel, channels()));
  return (scope) =>
    workReminders(
      {
        store,
        server,
        files: inForce,
        shared: () => bySharedClock(deps),
        admin: ofAdmin,
        tellDaily: (kind, line) => admin.tellDaily(kind, line),
        remind: async (plan, days) => {
          const there = channels();
          const given = { people: inForce().people, isThere: (name: string) => there.has(name), admin: ofAdmin() };
          return remindDays(
            plan,
            days.map(({ day }) => day),
            given,
          );
        },
      },
      scope,
    );
}
