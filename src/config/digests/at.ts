import type { At } from '../../core/model/alerting/digest-plan.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../core/model/window.ts';
import { nearestOf } from '../../platform/nearest.ts';
import { quote } from '../formats.ts';
import { zoneFault } from '../rules/quiet.ts';
import { spanText } from '../rules/spans.ts';
import { readWords, SentenceFault, type Words } from '../rules/words.ts';
import { readFields } from './cron-fields.ts';

/** When something is due, or what is wrong with the text; what to write. */
export type ReadAt = { readonly at: At } | { readonly fault: string };

/** One of each form, for people and editors. */
export const AT_EXAMPLES = ['Mon-Fri 09:00 Europe/Berlin', 'every 15m', '0 9 1 * * Europe/Berlin'] as const;
export const AT_LOOKS = AT_EXAMPLES.join('; or ');

/** What editors can say of it. */
export const AT_PATTERN = [
  '^\\s*(?:[eE][vV][eE][rR][yY]\\s+[0-9]+[mhd]',
  '[A-Za-z]{3}[A-Za-z,-]*\\s+[0-9]{1,2}:[0-9]{2}\\s+\\S+',
  '[0-9*]\\S*(?:\\s+\\S+){5})\\s*$',
].join('|');

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONGEST = 300;
const A_ZONE = 'a time zone such as Europe/Berlin, or UTC,';

/** Faults name the column within the text, from 1. Never throws. */
export function readAt(text: string): ReadAt {
  if (text.length > LONGEST) return { fault: `${quote(text)} is longer than ${LONGEST} characters; shorten it` };
  try {
    return { at: atOf(readWords(text, () => AT_LOOKS)) };
  } catch (error) {
    if (!(error instanceof SentenceFault)) throw error;
    return { fault: `${quote(text)}, column ${error.column}: ${error.message}` };
  }
}

function atOf(words: Words): At {
  const first = words.next('a time');
  if (first.toLowerCase() === 'every') return every(words);
  if (/^\d{1,2}:\d{2}$/.test(first))
    throw words.fault(`the days are missing; write Mon-Sun ${first}, or others, before it`);
  return /^[\d*]/.test(first) ? cron(first, words) : onDays(first, words);
}

/** `every 15m`: on the UTC grid, so that it is the same on every server and each day. */
function every(words: Words): At {
  const written = words.next('a time such as 15m');
  const [, digits, unit = ''] = /^(\d+)([mhd])$/.exec(written) ?? [];
  if (digits === undefined) throw words.fault(`${quote(written)} is not a time; write one such as 15m, 1h or 1d`);
  const everyMs = Number(digits) * { m: 60_000, h: HOUR_MS, d: DAY_MS }[unit]!;
  if (everyMs === 0 || everyMs % PERIOD_MS !== 0 || DAY_MS % everyMs !== 0)
    throw words.fault(`${quote(written)} does not go into a day; write ${nextTo(everyMs)}`);
  words.end();
  return { kind: 'every', everyMs };
}

/** The nearest that go into a day: below and above. */
function nextTo(everyMs: number): string {
  const fit = Array.from({ length: DAY_MS / PERIOD_MS }, (_, index) => (index + 1) * PERIOD_MS).filter(
    (ms) => DAY_MS % ms === 0,
  );
  const [below, above] = [fit.findLast((ms) => ms < everyMs), fit.find((ms) => ms > everyMs)];
  return [below, above].flatMap((ms) => (ms === undefined ? [] : spanText(ms))).join(' or ');
}

/** `Mon-Fri 09:00 Europe/Berlin` */
function onDays(first: string, words: Words): At {
  const days = [...new Set(daysIn(first, words.fault('')))].sort((a, b) => a - b);
  const time = words.next('a time of the day such as 09:00');
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  if (hour === undefined) throw words.fault(`${quote(time)} is no time of the day; write one such as 09:00 or 17:30`);
  if (Number(hour) > 23 || Number(minute) > 59)
    throw words.fault(
      `${time} is no time of the day; write 00:00 to 23:59${hour === '24' ? ' (of the next day)' : ''}`,
    );
  const zone = zoneIn(words);
  const on = days.length === DAYS.length ? '*' : days.join(',');
  return { kind: 'cron', cron: `${Number(minute)} ${Number(hour)} * * ${on}`, zone };
}

/** Numbers of days; `at`: where the word stands. */
function daysIn(word: string, { column }: SentenceFault): readonly number[] {
  let place = column;
  return word.split(',').flatMap((part) => {
    const [from = '', to = from, ...more] = part.split('-');
    const fault = (offset: number, text: string): SentenceFault => new SentenceFault(place + offset, text);
    if (more.length > 0) throw fault(0, `${quote(part)} is no span of days; write one such as Mon-Fri`);
    const first = dayOf(from, (text) => fault(0, text));
    const last = part.includes('-') ? dayOf(to, (text) => fault(from.length + 1, text)) : first;
    place += part.length + 1;
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
  });
}

function dayOf(word: string, fault: (text: string) => SentenceFault): number {
  const day = DAYS.findIndex((name) => name.toLowerCase() === word.toLowerCase());
  if (day >= 0) return day;
  if (word === '') throw fault(`a day is missing; write Mon, Tue, Wed, Thu, Fri, Sat or Sun`);
  const near = DAYS.find((name) => word.toLowerCase().startsWith(name.toLowerCase())) ?? nearestOf(word, DAYS);
  if (near !== undefined) throw fault(`${quote(word)} is no day; did you mean ${near}?`);
  const isAlone = !/^[a-z]+$/i.test(word);
  throw fault(`${quote(word)} is no ${isAlone ? 'day' : 'schedule'}; write ${AT_LOOKS}`);
}

/** Five fields, as numbers; then a zone. */
function cron(first: string, words: Words): At {
  const fields = [{ word: first, fault: words.fault('') }];
  for (const what of ['an hour', 'a day of the month', 'a month', 'a day of the week']) {
    const word = words.next(`${what} (cron has five fields)`);
    if (zoneFault(word) === undefined)
      throw words.fault(`${what} is missing before ${word}: cron has five fields; write one such as ${AT_EXAMPLES[2]}`);
    fields.push({ word, fault: words.fault('') });
  }
  const written = readFields(fields.map(({ word, fault: { column } }) => ({ word, column })));
  return { kind: 'cron', cron: written, zone: zoneIn(words) };
}

function zoneIn(words: Words): string {
  const zone = words.next(A_ZONE);
  const wrong = zoneFault(zone);
  if (wrong !== undefined) throw words.fault(wrong);
  words.end();
  return zone;
}
