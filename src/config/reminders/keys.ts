import * as z from 'zod/mini';
import { ON_EXAMPLES, ON_PATTERN, readOn } from '../../core/model/reminders/read-on.ts';
import { quote } from '../formats.ts';
import { map, oneOrList, text } from '../filters/kinds.ts';
import { type Key, optional, shapeOf } from '../filters/shape.ts';
import { atMost, fits, line, notBlank, readBy, reads } from '../filters/texts.ts';
import { words } from '../rules/editors.ts';
import { AT_EXAMPLES, AT_LOOKS, AT_PATTERN, readReminderAt } from './at.ts';

const MOST_REMINDERS = 200;
const MOST_INTERVALS = 20;
export const EXAMPLE = "{ standup: { text: 'Stand-up in five minutes', at: Mon-Fri 09:25 Europe/Berlin, tell: crm } }";

const NAME = fits(
  /^[a-z0-9][a-z0-9-]{0,59}$/,
  'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit',
);
const NAMED = text(notBlank(), atMost(100));

const INTERVALS = z
  .record(
    z.string().check(...fits(/^\S(?:.{0,38}\S)?$/, 'a word as the sheet has it, at most 40 letters')),
    text(reads(onFault), words(`days such as ${ON_EXAMPLES.join('; ')}`, ON_PATTERN, ON_EXAMPLES)),
    { error: 'must be a map; write { monthly: last Fri }' },
  )
  .check(
    z.refine((all) => Object.keys(all).length <= MOST_INTERVALS, {
      error: `has more than ${MOST_INTERVALS} entries; write the days into the sheet`,
    }),
  );

/** What each kind of reminder is known by. */
export const KINDS = {
  text: { doc: 'what is said on these days', schema: text(notBlank(), atMost(2000)) },
  birthday: { doc: 'the wish to each person on the birthday', schema: text(notBlank(), atMost(2000)) },
  duty: { doc: 'name of the sheet that says whose turn it is', schema: NAMED },
  event: { doc: 'name of the calendar whose events are told', schema: NAMED },
} satisfies Record<string, Key>;
export type KindName = keyof typeof KINDS;

/** All that an entry under `reminders` may have. */
export const REMINDER_KEYS = {
  ...KINDS,
  at: {
    doc: 'time of the day and a zone, of a text with its days before them; required',
    schema: text(readBy(readReminderAt), words(AT_LOOKS, AT_PATTERN, AT_EXAMPLES)),
  },
  before: {
    doc: 'of an event: so many days before it, one or several; else 1d',
    schema: oneOrList(text(...fits(/^(?:0|[1-9]\d?)d$/, 'days before the event, such as 1d, or 0d for its own day'))),
  },
  title: { doc: 'of an event: only those with this text in their title, in any case', schema: text(...line(200)) },
  calendar: { doc: 'name of the calendar that days such as `2 days before Group meeting` speak of', schema: NAMED },
  intervals: {
    doc: 'of a duty: what words of the sheet mean; else weekly is Mon, monthly 1st Mon, quarterly and yearly as well',
    schema: INTERVALS,
  },
  to: { doc: 'persons, or some of everybody, named (by the event) and admin', schema: oneOrList(NAMED) },
  tell: { doc: 'channels that hear it', schema: oneOrList(NAMED) },
} satisfies Record<string, Key>;

/** Keys that only some kinds have. */
const OF_KINDS: Readonly<Record<string, readonly KindName[]>> = {
  before: ['event'],
  title: ['event'],
  calendar: ['text', 'duty'],
  intervals: ['duty'],
};

const REMINDER = map(
  shapeOf(REMINDER_KEYS, optional),
  'is not a key of a reminder',
  `a reminder must be a map; write ${EXAMPLE}`,
).check(z.meta({ required: ['at'] }), reads(faultOf));

/** A reminder as the file has it. */
export type WrittenReminder = z.output<typeof REMINDER>;

export const REMINDERS = z
  .record(z.string().check(...NAME), REMINDER, { error: `must be a map of names; write ${EXAMPLE}` })
  .check(
    z.refine((all) => Object.keys(all).length <= MOST_REMINDERS, {
      error: `has more than ${MOST_REMINDERS} entries; put duties into a sheet`,
    }),
    z.meta({ description: 'what people are told at set times: whose turn it is, events, birthdays, texts; by name' }),
  );

/** The one kind of a reminder that has no fault. */
export function kindOf(written: WrittenReminder): KindName {
  return kindsIn(written)[0]!;
}

function kindsIn(written: WrittenReminder): readonly KindName[] {
  return (Object.keys(KINDS) as KindName[]).filter((kind) => written[kind] !== undefined);
}

function faultOf(written: WrittenReminder): string | undefined {
  const [kind, second] = kindsIn(written);
  const all = Object.keys(KINDS).join(', ');
  if (kind === undefined) return `does not say what is told; write one of ${all}`;
  if (second !== undefined) return `is of ${kind} and of ${second}; make two reminders of it`;
  const stray = Object.keys(OF_KINDS).find(
    (key) => written[key as keyof WrittenReminder] !== undefined && !OF_KINDS[key]!.includes(kind),
  );
  if (stray !== undefined) return `${stray} is for ${OF_KINDS[stray]!.join(' and ')}, not for ${kind}; remove it`;
  if (written.at === undefined)
    return 'at is missing; write a time of the day with a zone, such as 09:00 Europe/Berlin';
  return faultOfDays(written, kind) ?? faultOfHearers(written, kind);
}

function faultOfDays({ at = '', calendar }: WrittenReminder, kind: KindName): string | undefined {
  const read = readReminderAt(at);
  if ('fault' in read) return undefined;
  const { on } = read.at;
  if (kind !== 'text')
    return on === null ? undefined : `at names days, which follow from the ${kind}; write the time alone`;
  if (on === null) return `at names no days; write them before the time, such as ${AT_EXAMPLES[1]}`;
  return on.kind === 'before' && calendar === undefined
    ? 'at speaks of events; write calendar: with the name of theirs'
    : undefined;
}

/** Duties and wishes have somebody by themselves. */
function faultOfHearers({ to, tell }: WrittenReminder, kind: KindName): string | undefined {
  const needs = kind === 'text' || kind === 'event';
  if (needs && (to ?? tell) === undefined) return 'nobody is told; write to: with persons, or tell: with channels';
  if (kind === 'duty' && to !== undefined) return 'to is not for duty: the sheet says whose turn it is; remove it';
  return kind !== 'event' && [to].flat().includes('named')
    ? 'to: named are those whom an event names, and this is none; write persons, everybody or admin'
    : undefined;
}

function onFault(written: string): string | undefined {
  const read = readOn(written);
  return 'fault' in read ? `${quote(written)} ${read.fault}` : undefined;
}
