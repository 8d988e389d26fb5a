import type { OnDays } from '../../core/model/reminders/days.ts';
import type { ReminderKind, ReminderPlan } from '../../core/model/reminders/reminder-plan.ts';
import { readOn } from '../../core/model/reminders/read-on.ts';
import { readReminderAt } from './at.ts';
import { kindOf, type WrittenReminder } from './keys.ts';
import type { PlacedReminder } from './placed.ts';

/** What a reminder may speak of, and to whom. */
export interface Around {
  readonly path: string;
  /** By the name that is written, all channels that it means; of most names nothing else than themselves. */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
  /** Names of channels that cannot be used. */
  readonly lost: ReadonlySet<string>;
}

/** Null: its file has faults. */
export function planOf(placed: PlacedReminder, { path, recipients, lost }: Around): ReminderPlan | null {
  const { name, line, written } = placed;
  if (written === null) return null;
  const { at, to = [], tell = [] } = written;
  const heard = [tell].flat().filter((channel) => !lost.has(channel));
  const read = readReminderAt(at ?? '');
  if ('fault' in read) throw new Error(read.fault);
  return {
    name,
    at: read.at.time,
    what: kindIn(written, read.at.on),
    to: [to].flat(),
    tell: [...new Set(heard.flatMap((channel) => recipients.get(channel) ?? channel))],
    where: `${path}:${line}`,
  };
}

function kindIn(written: WrittenReminder, on: OnDays | null): ReminderKind {
  const { text = '', birthday = '', duty = '', event = '', calendar = null, title = '' } = written;
  switch (kindOf(written)) {
    case 'text':
      return { kind: 'text', text, on: on!, calendar };
    case 'birthday':
      return { kind: 'birthday', wish: birthday };
    case 'duty':
      return { kind: 'duty', sheet: duty, intervals: intervalsIn(written), calendar };
    case 'event':
      return { kind: 'event', calendar: event, before: daysBefore(written), title };
  }
}

function daysBefore({ before = '1d' }: WrittenReminder): readonly number[] {
  return [before].flat().map((days) => Number(days.slice(0, -1)));
}

function intervalsIn({ intervals = {} }: WrittenReminder): Readonly<Record<string, OnDays>> {
  const all = Object.entries(intervals).flatMap(([word, days]): [string, OnDays][] => {
    const read = readOn(days);
    return 'on' in read ? [[word.toLowerCase(), read.on]] : [];
  });
  return Object.fromEntries(all);
}
