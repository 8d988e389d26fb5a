import type { Person } from '../../../src/core/model/reminders/person.ts';
import type { ReminderKind, ReminderPlan } from '../../../src/core/model/reminders/reminder-plan.ts';

/** Somebody with mail, unless told otherwise. */
export function personOf(key: string, more: Partial<Person> = {}): Person {
  return { key, name: key, channels: [`${key}/email`], mail: `${key}@example.com`, birthday: null, ...more };
}

/** A reminder of 09:00 in Berlin that the channel crm hears. */
export function reminderOf(what: ReminderKind, more: Partial<ReminderPlan> = {}): ReminderPlan {
  const at = { minute: 9 * 60, zone: 'Europe/Berlin' };
  return { name: 'one', at, what, to: [], tell: ['crm'], where: 'config/filters/crm.yaml:12', ...more };
}
