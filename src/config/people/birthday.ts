import type { Birthday } from '../../core/model/reminders/person.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export const BIRTHDAY_LOOKS = 'a day such as 29 Feb, 02-29 or 1990-02-29';
export const BIRTHDAY_PATTERN = '^\\s*(?:[0-9]{1,2} +[A-Za-z]{3}|(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2})\\s*$';

/** Null: it is no day of any year. */
export function readBirthday(text: string): Birthday | null {
  const [, day, name = ''] = /^(\d{1,2}) +([a-z]{3})$/i.exec(text.trim()) ?? [];
  const [, shownMonth, shownDay] = /^(?:\d{4}-)?(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  const found =
    day === undefined
      ? { month: Number(shownMonth), day: Number(shownDay) }
      : { month: MONTHS.indexOf(name.toLowerCase()) + 1, day: Number(day) };
  const date = new Date(Date.UTC(2024, found.month - 1, found.day));
  return date.getUTCMonth() + 1 === found.month && date.getUTCDate() === found.day ? found : null;
}
