import assert from 'node:assert/strict';
import { readWatchSentence } from '../../../src/config/watches/sentence.ts';
import { readTime, timeText } from '../../../src/config/watches/spans.ts';

const MINUTE_MS = 60_000;

const faultOf = (text: string): string => {
  const read = readWatchSentence(text);
  return 'fault' in read ? read.fault : '';
};

describe('a sentence of a watch', () => {
  for (const [text, condition, normal] of [
    ['value > 100', { kind: 'above', limit: 100 }, 'value > 100'],
    ['value>0.5', { kind: 'above', limit: 0.5 }, 'value > 0.5'],
    ['  value  <  14 ', { kind: 'below', limit: 14 }, 'value < 14'],
    ['value changes to "down"', { kind: 'changes', to: 'down' }, 'value changes to "down"'],
    ["value changes to 'not ok'", { kind: 'changes', to: 'not ok' }, 'value changes to "not ok"'],
    ['stale for 2h30m', { kind: 'stale', spanMs: 150 * MINUTE_MS }, 'stale for 2h30m'],
    ['stale for 150m', { kind: 'stale', spanMs: 150 * MINUTE_MS }, 'stale for 2h30m'],
    ['stale for 1d', { kind: 'stale', spanMs: 1440 * MINUTE_MS }, 'stale for 1d'],
  ] as const)
    it(`reads ${text}`, () => assert.deepEqual(readWatchSentence(text), { condition, normal }));

  for (const [text, fault] of [
    ['events > 5', /^"events > 5", column 1: "events" begins no sentence of a watch; write one of value > 100; /],
    ['value >= 5', /column 7: a sentence says more than or less than, never at least/],
    ['value > many', /column 9: "many" is not a number/],
    [
      'value changes to down',
      /column 18: "down" must stand in quotes; write value changes to "down" with straight ones/,
    ],
    ['value changes "down"', /"\\"down\\"" stands where to should be/],
    ['value changes to ""', /the text after to is blank; write the value that tells/],
    ['stale for 2m', /"2m" is too short; write at least 5m/],
    ['stale for soon', /"soon" is not a time; write one such as 30m, 2h30m or 1d/],
    ['stale for 30m please', /"please" is more than the sentence has/],
    ['', /column 1: a sentence is missing/],
  ] as const)
    it(`says what is wrong with ${JSON.stringify(text)}`, () => assert.match(faultOf(text), fault));
});

describe('times of watches', () => {
  it('are read, and written as people do', () => {
    const bounds = { min: MINUTE_MS, max: 7 * 1440 * MINUTE_MS };
    for (const [text, minutes, written] of [
      ['30m', 30, '30m'],
      ['90m', 90, '1h30m'],
      ['1d2h3m', 1563, '1d2h3m'],
      ['7d', 7 * 1440, '7d'],
    ] as const) {
      assert.deepEqual(readTime(text, bounds), { ms: minutes * MINUTE_MS });
      assert.equal(timeText(minutes * MINUTE_MS), written);
    }
    for (const text of ['', '0m', '5', '5s', '8d', 'm', '1h 5m', '-5m'])
      assert.ok('fault' in readTime(text, bounds), text);
  });
});
