import type { FilterSet } from '../../config/filters/load.ts';
import { faultOf } from '../../core/model/errors.ts';
import type { ReminderPlan } from '../../core/model/reminders/reminder-plan.ts';
import { gather } from '../../core/reminders/facts/gather.ts';
import { remindDays } from '../../core/reminders/make/remind.ts';
import type { Given } from '../../core/reminders/make/to-whom.ts';
import { timesIn } from '../../core/schedules/local-days.ts';
import type { World } from '../world.ts';

/** A reminder that will be told. */
export interface Ahead {
  readonly name: string;
  /** Epoch ms. */
  readonly instant: number;
  /** IANA name. */
  readonly zone: string;
  /** Who is told what. */
  readonly tells: readonly { readonly to: string; readonly lines: readonly string[] }[];
  /** Who is not, and why, for people. */
  readonly faults: readonly string[];
}

/**
 * What reminders will tell in (from, to], by sheets and calendars as they are now; `faults`: what cannot be read.
 * Whether channels can be used does not count.
 */
export async function remindersAhead(
  { reminders, people, parts }: Pick<FilterSet, 'reminders' | 'people' | 'parts'>,
  world: World,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ readonly all: readonly Ahead[]; readonly faults: readonly string[] }> {
  if (reminders.length === 0) return { all: [], faults: [] };
  const { feedsNow } = await import('./feeds-now.ts');
  const feeds = feedsNow(world, parts);
  const given: Given = { people, isThere: () => true, admin: ['admin'] };
  const [all, faults]: [Ahead[], string[]] = [[], []];
  try {
    for (const plan of reminders) {
      const days = [...timesIn(plan.at, from, to)];
      const [first, last] = [days[0]?.day, days.at(-1)?.day];
      if (first === undefined || last === undefined) continue;
      try {
        const facts = await gather(plan, { first, last, now: from }, feeds);
        faults.push(...facts.faults.map((fault) => saidOf(plan, fault)));
        for (const { day, at } of days) {
          const [made] = remindDays(plan, [day], { ...facts, now: at - 1 }, given);
          const tells = made!.tell.map(({ who, channel, lines }) => ({ to: who ?? channel, lines }));
          if (tells.length + made!.faults.length > 0)
            all.push({ name: plan.name, instant: at, zone: plan.at.zone, tells, faults: made!.faults });
        }
      } catch (error) {
        faults.push(saidOf(plan, faultOf(error).message));
      }
    }
  } finally {
    feeds.close();
  }
  return { all, faults };
}

function saidOf({ name, where }: ReminderPlan, fault: string): string {
  return `${where}: reminders: ${name}: ${fault}`;
}
