import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { dayAt } from '../../schedules/days.ts';
import { eventDays } from '../events/event-days.ts';
import { type Feeds, gather } from '../facts/gather.ts';
import type { Given } from '../make/to-whom.ts';
import { reachOf } from '../people/reach.ts';
import type { Duty } from './read-duties.ts';
import { holdersOf, taskName } from './turns.ts';

/** The channels of whom a name means that sheets explain. */
export interface Meant {
  /** None: nobody is meant, and no admin is set up. */
  readonly channels: readonly string[];
  /** Why the admin is told instead, or not everybody who should be, for people. */
  readonly faults: readonly string[];
}

/**
 * Who is told at that instant what goes to the duty, by all sheets of duties, one channel each. Rejects when a sheet
 * was never read.
 */
export async function onDuty(
  task: string,
  { reminders, now }: { readonly reminders: readonly ReminderPlan[]; readonly now: number },
  feeds: Feeds,
  given: Given,
): Promise<Meant> {
  const holders: Duty[] = [];
  for (const plan of reminders.filter(({ what }) => what.kind === 'duty')) {
    const day = dayAt(now, plan.at.zone);
    const { duties, agenda } = await gather(plan, { first: day, last: day, now }, feeds);
    holders.push(...holdersOf(duties?.rows ?? [], taskName(task), day, eventDays(agenda, plan.at.zone)));
  }
  if (holders.length === 0) return instead(given, [`no sheet says whose turn ${task} is`]);
  const all = holders.map(({ main, backup }) => reachOf(main, backup, given));
  const channels = [...new Set(all.flatMap(({ reached }) => reached.map(({ channel }) => channel)))];
  const unreached = all.flatMap((it) => it.unreached).map((name) => `no channel reaches ${name}, and no backup`);
  const faults = [...all.flatMap((it) => it.faults), ...unreached];
  return channels.length === 0 ? instead(given, faults) : { channels, faults };
}

/** Who is told where nobody else can be. */
export function instead({ admin }: Pick<Given, 'admin'>, faults: readonly string[]): Meant {
  return { channels: admin.slice(0, 1), faults };
}
