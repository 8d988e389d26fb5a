import type { OnDays } from './days.ts';

/** What a text says of days, or what is wrong with it; what to write. */
export type ReadOn = { readonly on: OnDays } | { readonly fault: string };

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ORDERS = ['1st', '2nd', '3rd', '4th', '5th'];

/** One of each form, for people and editors. */
export const ON_EXAMPLES = ['Mon-Fri', '1st Mon', '1st,3rd Tue of Jan,Apr', 'last Fri', '2 days before Group meeting'];
const LOOKS = `write days such as ${ON_EXAMPLES.join('; ')}`;
const LONGEST = 200;

/** What editors can say of it. */
export const ON_PATTERN = '^\\s*(?:[A-Za-z1-5][\\w,-]*(?: +[A-Za-z,-]+){0,3}|[0-9]{1,2} +days? +before(?: .*)?)\\s*$';

/** Never throws; a fault goes on from the text. */
export function readOn(text: string): ReadOn {
  if (text.length > LONGEST) return { fault: `is longer than ${LONGEST} characters; ${LOOKS}` };
  const [, days, title = ''] = /^(\d{1,2}) +days? +before(?: +(\S.*?))?$/i.exec(text.trim()) ?? [];
  if (days !== undefined) return { on: { kind: 'before', days: Number(days), title } };
  const [, nth, week = '', of] =
    /^(?:((?:[1-5](?:st|nd|rd|th)|last)(?:,(?:[1-5](?:st|nd|rd|th)|last))*) +)?([a-z,-]+)(?: +of +([a-z,-]+))?$/.exec(
      text.trim().toLowerCase(),
    ) ?? [];
  const weekdays = week === 'daily' ? spanOf('sun-sat', DAYS) : spanOf(week, DAYS);
  const months = of === undefined ? [] : spanOf(of, MONTHS);
  if (weekdays === null || months === null) return { fault: `is not understood; ${LOOKS}` };
  const order = (nth?.split(',') ?? []).map((it) => (it === 'last' ? -1 : ORDERS.indexOf(it) + 1));
  if (order.includes(0)) return { fault: `is not understood; write ${ORDERS.join(', ')} or last before the day` };
  return { on: { kind: 'days', weekdays, nth: [...new Set(order)], months: months.map((month) => month + 1) } };
}

/** Places of the names in `mon-wed,fri`, in their order; null: something else is written. */
function spanOf(text: string, names: readonly string[]): readonly number[] | null {
  const all = text.split(',').flatMap((part) => {
    const [from, to = from, ...more] = part.split('-').map((name) => names.indexOf(name));
    if (more.length > 0 || from === -1 || to === -1) return [-1];
    const count = ((to! - from! + names.length) % names.length) + 1;
    return Array.from({ length: count }, (_, index) => (from! + index) % names.length);
  });
  return all.includes(-1) ? null : [...new Set(all)].toSorted((a, b) => a - b);
}
