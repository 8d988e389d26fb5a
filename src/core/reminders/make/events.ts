import type { CalendarEvent } from '../../model/people/calendar-event.ts';
import type { LocalDay } from '../../model/people/sheet.ts';
import type { ReminderPlan } from '../../model/reminders/reminder-plan.ts';
import { addDays } from '../../schedules/days.ts';
import { hasTitle } from '../../schedules/on-days.ts';
import { dayOf, isPast, whenWords } from '../events/event-days.ts';
import { namedBy } from '../events/named.ts';
import { joined, type Reminded } from './reminded.ts';
import { forAll, type Given } from './to-whom.ts';

/** Which events, and how long before them. */
export interface AskedEvents {
  readonly before: readonly number[];
  readonly title: string;
}

/** The events that are so many days ahead of that day and have not begun, each with the one after it. */
export function remindEvents(
  plan: ReminderPlan,
  { before, title }: AskedEvents,
  { day, now, agenda }: { readonly day: LocalDay; readonly now: number; readonly agenda: readonly CalendarEvent[] },
  given: Given,
): Reminded {
  const { zone } = plan.at;
  const days = new Set(before.map((count) => addDays(day, count)));
  const all = agenda.filter((event) => hasTitle(event, title));
  const due = all.filter((event) => days.has(dayOf(event, zone)) && !isPast(event, now, zone));
  const made = due.map((event) => {
    const next = all[all.indexOf(event) + 1];
    const named = namedBy(event, given.people);
    const told = forAll(plan, wordsOf(event, next, zone), { named: named.people }, given);
    return { tell: told.tell, faults: [...told.faults, ...lacksOf(plan, event, named)] };
  });
  return { tell: joined(made.flatMap(({ tell }) => tell)), faults: made.flatMap(({ faults }) => faults) };
}

/** What keeps those whom the event names from being told. */
function lacksOf({ to, at: { zone } }: ReminderPlan, event: CalendarEvent, named: ReturnType<typeof namedBy>) {
  if (!to.includes('named')) return [];
  const what = `${event.title} on ${whenWords(event, zone)}`;
  const nobody = named.people.length + named.faults.length === 0 ? [`${what} names nobody`] : [];
  return [...named.faults.map((fault) => `${what}: ${fault}`), ...nobody];
}

function wordsOf(event: CalendarEvent, next: CalendarEvent | undefined, zone: string): readonly string[] {
  const { title, place, url } = event;
  return [
    `${title === '' ? 'An event' : title}: ${whenWords(event, zone)} (${zone})${place === null ? '' : `, ${place}`}`,
    ...(url === null ? [] : [url]),
    ...(next === undefined ? [] : [`The one after: ${whenWords(next, zone)}${nameOf(next, event)}`]),
  ];
}

/** Only where it is another one. */
function nameOf({ title }: CalendarEvent, { title: before }: CalendarEvent): string {
  return title === before || title === '' ? '' : `, ${title}`;
}
