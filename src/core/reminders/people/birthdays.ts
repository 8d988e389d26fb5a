import type { LocalDay } from '../../model/people/sheet.ts';
import type { Birthday, Person } from '../../model/reminders/person.ts';

/** Of the 29th of February in common years the day before. */
export function isBirthday({ month, day }: Birthday, on: LocalDay): boolean {
  const [year, ...shown] = on.split('-').map(Number) as [number, number, number];
  const isCommon = new Date(Date.UTC(year, 1, 29)).getUTCMonth() !== 1;
  const observed = month === 2 && day === 29 && isCommon ? 28 : day;
  return shown[0] === month && shown[1] === observed;
}

export function bornOn(people: readonly Person[], on: LocalDay): readonly Person[] {
  return people.filter(({ birthday }) => birthday !== null && isBirthday(birthday, on));
}
