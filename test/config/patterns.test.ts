import assert from 'node:assert/strict';
import { AT_EXAMPLES, AT_PATTERN, readAt } from '../../src/config/digests/at.ts';
import { BIRTHDAY_PATTERN, readBirthday } from '../../src/config/people/birthday.ts';
import { AT_EXAMPLES as SLOTS, AT_PATTERN as SLOT, readReminderAt } from '../../src/config/reminders/at.ts';
import { AFTER_PATTERN, readAfter } from '../../src/config/rules/maps/after.ts';
import { EXAMPLES, PATTERN, readSentence } from '../../src/config/rules/sentence.ts';
import { EXAMPLES as OF_WATCHES, PATTERN as OF_WATCH, readWatchSentence } from '../../src/config/watches/sentence.ts';
import { ON_EXAMPLES, ON_PATTERN, readOn } from '../../src/core/model/reminders/read-on.ts';

interface Kind {
  readonly what: string;
  readonly pattern: string;
  readonly isRead: (text: string) => boolean;
  readonly texts: readonly string[];
}

const QUOTED = ['"a \\"b\\" c"', "'a \"b'", '"a\'b"', '"a, b: c # d"', '"\\\\"'];

const KINDS: readonly Kind[] = [
  {
    what: 'a sentence',
    pattern: PATTERN,
    isRead: (text) => 'condition' in readSentence(text),
    texts: [
      ...EXAMPLES,
      ...['trending >= 4.25', 'events > 007 in 1440m', 'users > 5 in 1d', 'top 5 of 24h > 0', 'top 5 of 1440m'],
      ...['unticketed for 24h', 'unticketed for 2880m', 'none for 1d', 'incomplete for 12h'],
      ...QUOTED.map((text) => `title has ${text}`),
    ],
  },
  {
    what: 'a sentence of a watch',
    pattern: OF_WATCH,
    isRead: (text) => 'condition' in readWatchSentence(text),
    texts: [...OF_WATCHES, 'value > 4.25', 'stale for 1d2h30m', ...QUOTED.map((text) => `value changes to ${text}`)],
  },
  {
    what: 'from how many events on',
    pattern: AFTER_PATTERN,
    isRead: (text) => 'after' in readAfter(text),
    texts: ['100 in 1d', '5 in 90m'],
  },
  {
    what: 'a slot of a digest',
    pattern: AT_PATTERN,
    isRead: (text) => 'at' in readAt(text),
    texts: [...AT_EXAMPLES, 'Every 1h', 'sat,mon-WED 7:30 UTC', '*/5 8-18 * jan MON-fri UTC'],
  },
  {
    what: 'when a reminder is due',
    pattern: SLOT,
    isRead: (text) => 'at' in readReminderAt(text),
    texts: [...SLOTS, 'daily 9:05 UTC'],
  },
  {
    what: 'days',
    pattern: ON_PATTERN,
    isRead: (text) => 'on' in readOn(text),
    texts: [...ON_EXAMPLES, 'daily', 'LAST,1st mon-tue of dec', '1 Day before'],
  },
  {
    what: 'a birthday',
    pattern: BIRTHDAY_PATTERN,
    isRead: (text) => readBirthday(text) !== null,
    texts: ['29 Feb', '9 FEB', '02-29', '1990-02-29'],
  },
];

/** The same with other white space: around it, as a folded or a literal text of YAML has it, and within. */
function spaced(text: string): readonly string[] {
  const blanks = ['', '  ', '\t', '\n', '\u00a0'];
  return [
    ...blanks.flatMap((blank) => [text, blank + text, text + blank, text.replaceAll(' ', ` ${blank}`)]),
    ...blanks.map((blank) => text.replaceAll(' ', blank)),
  ];
}

describe('what editors refuse', () => {
  for (const { what, pattern, isRead, texts } of KINDS)
    it(`is refused by the service as well: ${what}`, () => {
      const known = new RegExp(pattern, 'u');
      const read = texts.flatMap(spaced).filter(isRead);
      assert.equal(
        read.find((text) => !known.test(text)),
        undefined,
      );
      assert.ok(read.length >= texts.length, 'most of these texts are read');
    });
});
