import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { dayAt } from '../../schedules/days.ts';
import { eventDays } from '../events/event-days.ts';
import { type Feeds, gather } from '../facts/gather.ts';
import type { Given } from '../make/to-whom.ts';
import { reachOf } from '../people/reach.ts';
import type { Duty } from './read-duties.ts';
import { holdersOf, taskName } from './turns.ts';

/** The channel of whose turn a task is. */
export interface OnDuty {
  /** Undefined: nobody is, and no admin is set up. */
  readonly channel: string | undefined;
  /** Why the admin is told instead, or not everybody who should be, for people. */
  readonly faults: readonly string[];
}

/**
 * Who is told at that instant what goes to the duty, by all sheets of duties; of several the first. Rejects when a
 * sheet was never read.
 */
export async function onDuty(
  task: string,
  { reminders, now }: { readonly reminders: readonly ReminderPlan[]; readonly now: number },
  feeds: Feeds,
  given: Given,
): Promise<OnDuty> {
  const holders: Duty[] = [];
  for (const plan of reminders.filter(({ what }) => what.kind === 'duty')) {
    const day = dayAt(now, plan.at.zone);
    const { duties, agenda } = await gather(plan, { first: day, last: day, now }, feeds);
    holders.push(...holdersOf(duties?.rows ?? [], taskName(task), day, eventDays(agenda, plan.at.zone)));
  }
  const [admin] = given.admin;
  if (holders.length === 0) return { channel: admin, faults: [`no sheet says whose turn ${task} is`] };
  const all = holders.map(({ main, backup }) => reachOf(main, backup, given));
  const [first] = all.flatMap(({ reached }) => reached);
  const faults = all.flatMap((it) => it.faults);
  const unreached = all.flatMap((it) => it.unreached).map((name) => `no channel reaches ${name}, and no backup`);
  return { channel: first?.channel ?? admin, faults: [...faults, ...unreached] };
}
