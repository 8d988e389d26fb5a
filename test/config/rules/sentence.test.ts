import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EXAMPLES, readSentence } from '../../../src/config/rules/sentence.ts';
import type { Condition } from '../../../src/core/model/alerting/rule.ts';

const MINUTES = 60_000;
const DAYS = 86_400_000;

/** By sentence: what it asks, and its normal form where that is another text. */
const GOOD: readonly (readonly [string, Condition, string?])[] = [
  ['new', { kind: 'new' }],
  ['regressed', { kind: 'regressed' }],
  ['any', { kind: 'any' }],
  ['anomaly', { kind: 'anomaly' }],
  ['trending', { kind: 'trending', score: null }],
  ['trending >= 4', { kind: 'trending', score: 4 }],
  ['trending >= 0', { kind: 'trending', score: 0 }],
  ['trending>=4.50', { kind: 'trending', score: 4.5 }, 'trending >= 4.5'],
  ['events > 100', { kind: 'events', above: 100, spanMs: 5 * MINUTES }],
  ['  events>100 ', { kind: 'events', above: 100, spanMs: 5 * MINUTES }, 'events > 100'],
  ['events > 0', { kind: 'events', above: 0, spanMs: 5 * MINUTES }],
  ['events > 1000000000', { kind: 'events', above: 1_000_000_000, spanMs: 5 * MINUTES }],
  ['events > 0100', { kind: 'events', above: 100, spanMs: 5 * MINUTES }, 'events > 100'],
  ['events > 100 in 5m', { kind: 'events', above: 100, spanMs: 5 * MINUTES }, 'events > 100'],
  ['events > 100 in 15m', { kind: 'events', above: 100, spanMs: 15 * MINUTES }],
  ['events > 100 in 60m', { kind: 'events', above: 100, spanMs: 60 * MINUTES }, 'events > 100 in 1h'],
  ['events > 100 in 24h', { kind: 'events', above: 100, spanMs: DAYS }, 'events > 100 in 1d'],
  ['events > 100 in 90m', { kind: 'events', above: 100, spanMs: 90 * MINUTES }],
  ['users > 50 in 15m', { kind: 'users', above: 50, spanMs: 15 * MINUTES }],
  ['users > 50 in 7d', { kind: 'users', above: 50, spanMs: 7 * DAYS }],
  ['users > 50', { kind: 'users', above: 50, spanMs: 5 * MINUTES }],
  ['top 10 of 7d', { kind: 'top', first: 10, spanMs: 7 * DAYS, above: 0 }],
  ['top 10 of 7d > 200', { kind: 'top', first: 10, spanMs: 7 * DAYS, above: 200 }],
  ['top 1 of 24h', { kind: 'top', first: 1, spanMs: DAYS, above: 0 }, 'top 1 of 1d'],
  ['top 100 of 90d > 0', { kind: 'top', first: 100, spanMs: 90 * DAYS, above: 0 }, 'top 100 of 90d'],
  ['title has "card declined"', { kind: 'title', text: 'card declined' }],
  ['title has "a, b: c # d"', { kind: 'title', text: 'a, b: c # d' }],
  ['title has \'card "declined"\'', { kind: 'title', text: 'card "declined"' }, 'title has "card \\"declined\\""'],
  ['title has "say \\"no\\""', { kind: 'title', text: 'say "no"' }],
  ['title has "C:\\temp"', { kind: 'title', text: 'C:\\temp' }, 'title has "C:\\\\temp"'],
  ['title has "C:\\\\temp"', { kind: 'title', text: 'C:\\temp' }],
  ['title has "Ошибка 💥"', { kind: 'title', text: 'Ошибка 💥' }],
  ['unticketed for 14d', { kind: 'unticketed', spanMs: 14 * DAYS }],
  ['unticketed for 24h', { kind: 'unticketed', spanMs: DAYS }, 'unticketed for 1d'],
  ['none for 30m', { kind: 'none', spanMs: 30 * MINUTES }],
  ['none for 5m', { kind: 'none', spanMs: 5 * MINUTES }],
  ['incomplete for 1h', { kind: 'incomplete', spanMs: 60 * MINUTES }],
  ['incomplete for 7d', { kind: 'incomplete', spanMs: 7 * DAYS }],
];

/** By sentence: the column, and what is said of it. */
const BAD: readonly (readonly [string, number, string])[] = [
  ['New', 1, '"New" begins no sentence; did you mean new?'],
  ['evnts > 100', 1, '"evnts" begins no sentence; did you mean events > 100, or events > 100 in 15m?'],
  ['events 100', 8, '"100" stands where > should be; write events > 100, or events > 100 in 15m'],
  ['events >= 100', 8, 'a sentence says more than, never at least; write > and one less'],
  ['events < 5', 8, '"<" stands where > should be; write events > 100, or events > 100 in 15m'],
  ['events > 1.5', 10, '"1.5" is not a whole number of events; write digits only'],
  ['events > -1', 10, '"-1" is not a whole number of events; write digits only'],
  ['events > 1e3', 10, '"1e3" is not a whole number of events; write digits only'],
  ['events > 1000000001', 10, '"1000000001" is too much; write at most 1000000000'],
  ['events > 99999999999', 10, '"99999999999" is too much; write at most 1000000000'],
  ['events >', 9, 'a whole number of events is missing; write events > 100, or events > 100 in 15m'],
  ['events > 5 for 1h', 12, '"for" is more than the sentence has; write events > 100, or events > 100 in 15m'],
  ['events > 5 in', 14, 'a time is missing; write events > 100, or events > 100 in 15m'],
  ['events > 5 in 15', 15, '"15" is not a time; write one such as 15m, 1h or 7d'],
  ['events > 5 in 15min', 15, '"15min" is not a time; write one such as 15m, 1h or 7d'],
  ['events > 5 in 15 m', 15, '"15" is not a time; write one such as 15m, 1h or 7d'],
  ['events > 5 in 300s', 15, '"300s" is not a time; write one such as 15m, 1h or 7d'],
  ['events > 5 in 0m', 15, '"0m" is too short; write at least 5m'],
  ['events > 5 in 7m', 15, '"7m" is no multiple of 5m; write 5m or 10m'],
  [
    'users > 5 in 99999999m',
    14,
    '"99999999m" is too long; write at most 7d, because all of its windows are looked at each time',
  ],
  ['users > 5 in 8d', 14, '"8d" is too long; write at most 7d, because all of its windows are looked at each time'],
  ['users > many', 9, '"many" is not a whole number of users; write digits only'],
  ['trending > 4', 10, '">" is more than the sentence has; write trending, or trending >= 4'],
  ['trending >= ', 12, 'a score, such as 4 (a clear surge) is missing; write trending, or trending >= 4'],
  [
    'trending >= -1',
    13,
    '"-1" is not a score, such as 4 (a clear surge); write digits, and at most six more after a point',
  ],
  [
    'trending >= 4,5',
    13,
    '"4,5" is not a score, such as 4 (a clear surge); write digits, and at most six more after a point',
  ],
  ['top of 7d', 5, '"of" is not how many issues, from 1 to 100; write digits only'],
  ['top 0 of 7d', 5, '0 names no issue; write a number from 1 to 100'],
  ['top 101 of 7d', 5, '"101" is too much; write at most 100'],
  ['top 10 in 7d', 8, '"in" stands where of should be; write top 10 of 7d, or top 10 of 7d > 200'],
  ['top 10 of 36h', 11, '"36h" is not whole days; write whole days, such as 7d'],
  ['top 10 of 91d', 11, '"91d" is too long; write at most 90d, because counts of issues are kept so long'],
  ['title contains "x"', 7, '"contains" stands where has should be; write title has "text"'],
  ['title has x', 11, '"x" must stand in quotes; write title has "text" with straight ones'],
  ['title has “x”', 11, '"“x”" must stand in quotes; write title has "text" with straight ones'],
  ['title has', 10, 'a text in quotes is missing; write title has "text"'],
  ['title has ""', 11, 'the text after has is blank; write what the title should hold'],
  ['title has "a" b', 15, '"b" is more than the sentence has; write title has "text"'],
  ['title has "a\u2028b"', 11, 'the text after has holds control characters; remove them, as titles stand on one line'],
  [`title has "${'x'.repeat(201)}"`, 11, 'the text after has is longer than 200 characters; shorten it'],
  [
    'title has "a, b',
    11,
    "the text after has does not end; close its quotes, and write the whole sentence in single quotes (') if the text has a comma, a colon or #",
  ],
  [
    "title has 'card",
    11,
    "the text after has does not end; close its quotes, and write the whole sentence in single quotes (') if the text has a comma, a colon or #",
  ],
  ['none', 5, 'for is missing; write none for 30m'],
  ['none in 30m', 6, '"in" stands where for should be; write none for 30m'],
  ['💥 new', 1, `"💥" begins no sentence; write one of ${EXAMPLES.join('; ')}`],
  ['any 💥 x', 5, '"💥" is more than the sentence has; write any'],
  ['unticketed for 30m', 16, '"30m" is too short; write at least 1d'],
  ['stale for 1d', 1, 'stale is for watches; write it under alerts of a watch'],
  ['value > 3', 1, 'value is for watches; write it under alerts of a watch'],
  ['toString', 1, `"toString" begins no sentence; write one of ${EXAMPLES.join('; ')}`],
  ['', 1, `a sentence is missing; write ${EXAMPLES.join('; ')}`],
];

describe('a sentence', () => {
  for (const [text, condition, normal = text] of GOOD) {
    it(`is read: ${text}`, () => {
      assert.deepEqual(readSentence(text), { condition, normal });
      assert.deepEqual(readSentence(normal), { condition, normal }, 'its normal form means the same');
    });
  }

  for (const [text, column, said] of BAD) {
    it(`is refused with the column: ${text.slice(0, 40)}`, () => {
      const read = readSentence(text);
      assert.ok('fault' in read);
      assert.equal(read.fault.replace(/^"(?:\\.|[^"])*", /, ''), `column ${column}: ${said}`);
    });
  }

  it('is every one of the examples', () => {
    for (const text of EXAMPLES) assert.ok('condition' in readSentence(text), text);
    assert.equal(EXAMPLES.length, 16);
  });

  it('of 10,000 letters is refused as too long, whatever they are, and at once', () => {
    for (const letter of ['x', '"', "'", '\\', '>', ' ', '💥', '\u0000', '(a+)+'])
      assert.match(
        (readSentence(`title has "${letter.repeat(10_000)}`) as { fault: string }).fault,
        /^".{1,400}…" is longer than 300 characters; shorten it$/,
      );
  });

  it('is read or refused in few words, whatever it is', () => {
    const words = fc.constantFrom(
      'events',
      'title',
      'has',
      '>',
      '>=',
      '"',
      "'",
      '\\',
      '5m',
      '7d',
      '100',
      'in',
      'top',
      ' ',
    );
    const text = fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 12 });
    fc.assert(
      fc.property(text, (parts) => {
        const read = readSentence(parts.join(''));
        if ('fault' in read) assert.ok(read.fault.length < 800, read.fault);
        else assert.deepEqual(readSentence(read.normal), read);
      }),
      { numRuns: 3000 },
    );
  });
});
