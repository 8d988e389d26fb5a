import type { DayTime, OnDays } from '../../core/model/reminders/days.ts';
import { ON_EXAMPLES, readOn } from '../../core/model/reminders/read-on.ts';
import { quote } from '../formats.ts';
import { zoneFault } from '../rules/quiet.ts';

/** When a reminder is due; `on`: null: on which days follows from something else. */
export interface ReminderAt {
  readonly time: DayTime;
  readonly on: OnDays | null;
}

export const AT_LOOKS = '09:00 Europe/Berlin, for a text with days before it, such as 1st Mon 09:00 Europe/Berlin';
export const AT_PATTERN = '^\\s*(?:\\S.* )?[0-9]{1,2}:[0-9]{2} +\\S+\\s*$';
export const AT_EXAMPLES = ['09:00 Europe/Berlin', ...ON_EXAMPLES.map((days) => `${days} 09:00 Europe/Berlin`)];

/** Never throws. */
export function readReminderAt(text: string): { readonly at: ReminderAt } | { readonly fault: string } {
  const [, days, hour, minute, zone = ''] = /^(?:(.*\S) +)?(\d{1,2}):(\d{2})(?: +(\S+))?$/.exec(text.trim()) ?? [];
  if (hour === undefined) return { fault: `${quote(text)} has no time of the day with a zone; write ${AT_LOOKS}` };
  if (Number(hour) > 23 || Number(minute) > 59)
    return { fault: `${hour}:${minute} is no time of the day; write 00:00 to 23:59` };
  if (zone === '') return { fault: `${quote(text)} has no time zone; write one after it, such as Europe/Berlin` };
  const wrong = zoneFault(zone);
  if (wrong !== undefined) return { fault: wrong };
  const time = { minute: Number(hour) * 60 + Number(minute), zone };
  if (days === undefined) return { at: { time, on: null } };
  const read = readOn(days);
  return 'fault' in read ? { fault: `${quote(days)} ${read.fault}` } : { at: { time, on: read.on } };
}
