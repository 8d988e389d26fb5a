import * as z from 'zod/mini';
import { quote } from '../formats.ts';
import { from, map, oneOrList, text } from '../filters/kinds.ts';
import { type Key, optional, shapeOf } from '../filters/shape.ts';
import { isMap, Written } from '../filters/sheet.ts';
import { atMost, type Check, fits, line, notBlank, reads } from '../filters/texts.ts';
import { words } from '../rules/editors.ts';
import { BIRTHDAY_LOOKS, BIRTHDAY_PATTERN, readBirthday } from './birthday.ts';
import { GROUPS } from '../../core/model/reminders/reminder-plan.ts';

const EXAMPLE = '{ ann: { slack: U024BE7LH } }';
const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;
const NAME_LOOKS = 'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit';

/** A text; a number counts as it is written. */
function written(error: string, ...checks: readonly Check[]) {
  const inner = z.string({ error }).check(notBlank(), ...checks, z.meta({ type: ['string', 'integer'] }));
  return from((given) => (given instanceof Written && given.value !== null ? given.text : given), inner);
}

/** All that a person may have. */
export const PERSON_KEYS = {
  name: { doc: 'in full, as sheets and calendars begin it; else the name here', schema: text(...line(100)) },
  slack: {
    doc: 'id of the user in Slack',
    schema: text(...fits(/^[UW][A-Z0-9]{5,30}$/, 'the id of a user, such as U024BE7LH')),
  },
  email: {
    doc: 'address; calendars may name the person by it',
    schema: text(...line(254), ...fits(/^[^\s,@]+@[^\s,@]+$/, 'one address, such as ann@example.com')),
  },
  telegram: {
    doc: 'number of the chat with the person in Telegram',
    schema: written(
      'must be one text',
      ...fits(/^[1-9]\d{0,15}$/, 'the number of the chat with the bot, such as 123456789'),
    ),
  },
  birthday: {
    doc: BIRTHDAY_LOOKS,
    schema: text(reads(birthdayFault), words(BIRTHDAY_LOOKS, BIRTHDAY_PATTERN, ['29 Feb'])),
  },
  via: {
    doc: 'channels whose keys Slack and Telegram are asked with; needed where channels have different ones',
    schema: oneOrList(text(notBlank(), atMost(100))),
  },
} satisfies Record<string, Key>;

export const PERSON = map(
  shapeOf(PERSON_KEYS, optional),
  'is not a key of a person',
  'a person must be a map; write { slack: U024BE7LH }',
);

/** A person as the file has it. */
export type WrittenPerson = z.output<typeof PERSON>;

function birthdayFault(given: string): string | undefined {
  return readBirthday(given) === null ? `${quote(given)} is no day of the year; write ${BIRTHDAY_LOOKS}` : undefined;
}

/** The name under `people` that is no person's: it says which sheet has more of them. */
export const SHEET_OF = 'sheet';
const SHEET_DOC = 'name of the sheet whose rows are more persons';
const NO_SHEET = 'names the sheet that has more persons; write sheet: team, and call a person otherwise';

const PERSON_NAME = z.string().check(...fits(NAME, NAME_LOOKS), reads(groupFault));

/** Undefined: it means one person. */
export function groupFault(name: string): string | undefined {
  return (GROUPS as readonly string[]).includes(name)
    ? `${quote(name)} means several people where reminders say to: choose another name`
    : undefined;
}

const NAMES = z.check<Record<string, unknown>>(
  ({ value, issues }) => {
    for (const name of Object.keys(value).filter((it) => it !== SHEET_OF))
      for (const { message } of z.safeParse(PERSON_NAME, name).error?.issues ?? [])
        issues.push({ code: 'custom', path: [name], input: value, message });
  },
  { when: ({ value }) => isMap(value) },
);

export const PEOPLE = z
  .catchall(
    z.object(
      { [SHEET_OF]: z.optional(written(NO_SHEET, atMost(100), z.meta({ description: SHEET_DOC }))) },
      { error: `people must be a map of names; write ${EXAMPLE}` },
    ),
    PERSON,
  )
  .check(
    NAMES,
    z.meta({
      description: 'who is reminded, by name; alerts may tell them as they do channels',
      propertyNames: { type: 'string', pattern: NAME.source, patternErrorMessage: NAME_LOOKS },
    }),
  );
