import type { FilterSet } from '../../config/filters/load.ts';
import { faultOf } from '../../core/model/errors.ts';
import type { Person } from '../../core/model/reminders/person.ts';
import type { ReminderPlan } from '../../core/model/reminders/reminder-plan.ts';
import { type Feeds, gather } from '../../core/reminders/facts/gather.ts';
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
  { reminders, people, peopleSheets, parts }: Pick<FilterSet, 'reminders' | 'people' | 'peopleSheets' | 'parts'>,
  world: World,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ readonly all: readonly Ahead[]; readonly faults: readonly string[] }> {
  if (reminders.length === 0) return { all: [], faults: [] };
  const { feedsNow } = await import('./feeds-now.ts');
  const feeds = feedsNow(world, parts);
  const [all, faults]: [Ahead[], string[]] = [[], []];
  try {
    const found = await peopleNow({ people, peopleSheets }, feeds);
    faults.push(...found.faults);
    const given: Given = { people: found.people, isThere: () => true, admin: ['admin'] };
    for (const plan of reminders) {
      const days = [...timesIn(plan.at, from, to)];
      const [first, last] = [days[0]?.day, days.at(-1)?.day];
      if (first === undefined || last === undefined) continue;
      try {
        const facts = await gather(plan, { first, last, now: from }, feeds);
        faults.push(...[...facts.faults, ...facts.leftOut].map((fault) => saidOf(plan, fault)));
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

/** Of files and of sheets. */
async function peopleNow(
  { people, peopleSheets }: Pick<FilterSet, 'people' | 'peopleSheets'>,
  { sheets }: Feeds,
): Promise<{ readonly people: readonly Person[]; readonly faults: readonly string[] }> {
  if (peopleSheets.length === 0) return { people, faults: [] };
  const { channelsOfSheet, peopleOfSheets, personOfSheet } = await import('../../config/people/of-sheet.ts');
  const faults: string[] = [];
  const read = await Promise.all(
    peopleSheets.map(async (of) => {
      try {
        const known = await sheets!.read(of.sheet);
        return { ...of, found: known!.good!.found };
      } catch (error) {
        faults.push(`${of.file}:${of.line}: people: ${faultOf(error).message}`);
        return [];
      }
    }),
  );
  const found = peopleOfSheets(read.flat(), people);
  const own = found.people.map((person) => personOfSheet(person, new Set(channelsOfSheet(person))));
  const said = found.faults.map(({ sheet, text }) => {
    const { file, line } = peopleSheets.find((it) => it.sheet === sheet)!;
    return `${file}:${line}: people: ${sheet}: ${text}`;
  });
  return { people: [...people, ...own], faults: [...faults, ...said] };
}

function saidOf({ name, where }: ReminderPlan, fault: string): string {
  return `${where}: reminders: ${name}: ${fault}`;
}
