import { meantBy } from '../../../core/model/alerting/recipients.ts';
import type { ReminderPlan } from '../../../core/model/reminders/reminder-plan.ts';
import type { ReminderStore } from '../../../core/ports/reminders/reminder-store.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import type { Feeds } from '../../../core/reminders/facts/gather.ts';
import type { Given } from '../../../core/reminders/make/to-whom.ts';
import { inUse } from '../channels-in-use.ts';
import { bySharedClock } from '../decide.ts';
import type { KeptDeps } from '../deps.ts';
import { onceBegun } from '../runs/once-begun.ts';
import { restoredIn } from '../runs/restored.ts';
import type { Work } from '../work-due.ts';
import { seeToDuties } from './duties.ts';
import { seeToPeople } from './people.ts';

/** Reminders are told by the service alone. */
export function remindersOf(deps: KeptDeps, admin: Admin): readonly Chore[] {
  const { reminders: store } = deps.ledger;
  if (store === undefined) return [];
  return [
    seeToPeople({ ...deps, feeds: feedsIn(deps), admin: () => givenNow(deps, admin).admin }),
    onceBegun(
      'reminders',
      () => deps.inForce().reminders.length > 0,
      () => load(deps, store, admin),
    ),
    seeToDuties({
      ...deps,
      admin,
      book: deps.duties,
      now: () => deps.outbox.now(),
      feeds: feedsIn(deps),
      given: () => givenNow(deps, admin),
      unread: () => deps.sheetPeople.known().unread[0],
    }),
  ];
}

async function load(deps: KeptDeps, store: ReminderStore, admin: Admin): Promise<Work> {
  const { workReminders } = await import('../../../core/reminders/work.ts');
  const { server, inForce, ledger } = deps;
  const restored = restoredIn(ledger.restores);
  return (scope) =>
    workReminders(
      {
        store,
        server,
        files: inForce,
        shared: () => bySharedClock(deps),
        feeds: feedsIn(deps),
        restoredAt: async () => (await restored())?.at ?? null,
        given: (plan) => givenFor(plan, deps, admin),
        tellDaily: (kind, line) => admin.tellDaily(kind, line),
      },
      scope,
    );
}

function feedsIn({ feeds }: KeptDeps): Feeds {
  return { sheets: undefined, calendars: undefined, ...feeds };
}

function givenNow(deps: KeptDeps, admin: Admin): Given {
  const there = new Set(inUse(deps).keys());
  return {
    people: [...deps.inForce().people, ...deps.sheetPeople.known().people],
    isThere: (name) => there.has(name),
    admin: admin.channel === undefined ? [] : meantBy(admin.channel, there),
  };
}

/** Throws when nobody knows yet who is in a sheet of persons, of whom some may be told. */
function givenFor({ what, to }: ReminderPlan, deps: KeptDeps, admin: Admin): Given {
  const [unread] = deps.sheetPeople.known().unread;
  const isForPeople = to.length > 0 || what.kind === 'duty' || what.kind === 'birthday';
  if (isForPeople && unread !== undefined) throw unread;
  return givenNow(deps, admin);
}
