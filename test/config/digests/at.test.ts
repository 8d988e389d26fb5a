import assert from 'node:assert/strict';
import { AT_EXAMPLES, AT_PATTERN, readAt } from '../../../src/config/digests/at.ts';

const cron = (fields: string, zone: string) => ({ at: { kind: 'cron', cron: fields, zone } });
const SPANS = 'write 0 to 59, *, a span such as 0-3, or a step such as */2';
const LIKE = 'write Mon-Fri 09:00 Europe/Berlin; or every 15m; or 0 9 1 * * Europe/Berlin';

describe('the time of a digest', () => {
  it('is days with a time and a zone, a part of a day, or cron with a zone', () => {
    assert.deepEqual(readAt('Mon-Fri 09:00 Europe/Berlin'), cron('0 9 * * 1,2,3,4,5', 'Europe/Berlin'));
    assert.deepEqual(readAt('sat-Mon,Wed 9:05 UTC'), cron('5 9 * * 0,1,3,6', 'UTC'));
    assert.deepEqual(readAt('Mon-Sun 23:59 Asia/Kolkata'), cron('59 23 * * *', 'Asia/Kolkata'));
    assert.deepEqual(readAt('every 15m'), { at: { kind: 'every', everyMs: 900_000 } });
    assert.deepEqual(readAt('every 1d'), { at: { kind: 'every', everyMs: 86_400_000 } });
    assert.deepEqual(readAt('*/20 8-10 1,15 jan-mar 5-7 UTC'), cron('0,20,40 8,9,10 1,15 1,2,3 0,5,6', 'UTC'));
    assert.deepEqual(readAt('0 9 * * */2 UTC'), cron('0 9 * * 0,2,4,6', 'UTC'));
    assert.deepEqual(readAt('0 0 29 feb * UTC'), cron('0 0 29 2 *', 'UTC'));
    for (const text of AT_EXAMPLES) assert.match(text, new RegExp(AT_PATTERN));
  });

  for (const [text, fault] of [
    ['Mon-Fre 09:00 UTC', 'column 5: "Fre" is no day; did you mean Fri?'],
    ['Mon,Tuesday 09:00 UTC', 'column 5: "Tuesday" is no day; did you mean Tue?'],
    ['Mon 24:00 UTC', 'column 5: 24:00 is no time of the day; write 00:00 to 23:59 (of the next day)'],
    ['Mon 9 UTC', 'column 5: "9" is no time of the day; write one such as 09:00 or 17:30'],
    [
      'Mon 09:00 Europe/Belrin',
      'column 11: "Europe/Belrin" is not a time zone by its city; did you mean Europe/Berlin?',
    ],
    ['Mon 09:00', `column 10: a time zone such as Europe/Berlin, or UTC, is missing; ${LIKE}`],
    ['09:00 UTC', 'column 1: the days are missing; write Mon-Sun 09:00, or others, before it'],
    ['daily', `column 1: "daily" is no schedule; ${LIKE}`],
    ['every 15x', 'column 7: "15x" is not a time; write one such as 15m, 1h or 1d'],
    ['Mon 25:00 UTC', 'column 5: 25:00 is no time of the day; write 00:00 to 23:59'],
    ['Mon, 09:00 UTC', 'column 5: a day is missing; write Mon, Tue, Wed, Thu, Fri, Sat or Sun'],
    ['1/2/3 9 * * * UTC', `column 1: "1/2/3" is no minute; ${SPANS}`],
    ['1-2-3 9 * * * UTC', `column 1: "1-2-3" is no span; ${SPANS}`],
    ['0 x * * * UTC', 'column 3: "x" is no hour; write 0 to 23, *, a span such as 0-3, or a step such as */2'],
    ['*/x 9 * * * UTC', 'column 3: "x" is no step; write a number such as 2'],
    ['*/60 9 * * * UTC', 'column 3: 60 is too long a step; write at most 59'],
    ['every 25m', 'column 7: "25m" does not go into a day; write 20m or 30m'],
    ['every 7m', 'column 7: "7m" does not go into a day; write 5m or 10m'],
    ['every 2d', 'column 7: "2d" does not go into a day; write 1d'],
    ['60 9 * * * UTC', 'column 1: 60 is no minute; write 0 to 59'],
    ['0 9,25 * * * UTC', 'column 5: 25 is no hour; write 0 to 23'],
    ['0 9 31 2,4 * UTC', 'column 5: 31 is in none of these months; write another day'],
    ['5/15 * * * * UTC', 'column 1: "5/15" is a step of one value; write 5-59/15'],
    ['0 9-7 * * * UTC', 'column 5: "9-7" ends before it begins; write two spans with a comma'],
    [
      '0 9 * * Europe/Berlin',
      'column 9: a day of the week is missing before Europe/Berlin: cron has five fields; write one such as 0 9 1 * * Europe/Berlin',
    ],
    ['every 15m UTC', `column 11: "UTC" is more than the sentence has; ${LIKE}`],
  ] as const)
    it(`that cannot be read names the column: ${text}`, () =>
      assert.deepEqual(readAt(text), { fault: `${JSON.stringify(text)}, ${fault}` }));

  it('is never more than a line, and never breaks', () => {
    for (const text of ['', ' ', 'x'.repeat(301), '* * * * *', '/ / / / / UTC', '-- , ,', 'every', '🙂 09:00 UTC'])
      assert.ok('fault' in readAt(text), text);
  });
});
