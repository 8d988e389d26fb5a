import assert from 'node:assert/strict';
import { readOn } from '../../../src/core/model/reminders/read-on.ts';
import { isOn } from '../../../src/core/schedules/on-days.ts';

/** Days of April to June 2026 on which it is. */
function daysOf(text: string, events: readonly { day: string; title: string }[] = []): readonly string[] {
  const read = readOn(text);
  assert.ok('on' in read, text);
  const all = Array.from({ length: 91 }, (_, index) =>
    new Date(Date.UTC(2026, 3, 1 + index)).toISOString().slice(0, 10),
  );
  return all.filter((day) => isOn(read.on, day, events)).map((day) => day.slice(5));
}

describe('days that something is on', () => {
  for (const [text, days] of [
    ['1st Mon', ['04-06', '05-04', '06-01']],
    ['1st Mon of Jan,Apr,Jul,Oct', ['04-06']],
    ['last Fri', ['04-24', '05-29', '06-26']],
    ['2nd,4TH tue of may', ['05-12', '05-26']],
    ['5th Wed', ['04-29']],
    ['last Thu of Apr-May', ['04-30', '05-28']],
    ['1st Sat-Mon of Jun', ['06-01', '06-06', '06-07']],
    ['last,1st Sun of Jun', ['06-07', '06-28']],
  ] as const)
    it(`${text}`, () => assert.deepEqual(daysOf(text), days));

  it('may be each week, or daily', () => {
    assert.equal(daysOf('Mon-Fri').length, 65);
    assert.equal(daysOf('daily').length, 91);
    assert.deepEqual(daysOf('Sat,Wed').slice(0, 3), ['04-01', '04-04', '04-08']);
  });

  it('may be before events of a calendar', () => {
    const events = [
      { day: '2026-05-02', title: 'Weekly Group Meeting' },
      { day: '2026-05-09', title: 'Journal club' },
    ];
    assert.deepEqual(daysOf('2 days before group meeting', events), ['04-30']);
    assert.deepEqual(daysOf('0 days before', events), ['05-02', '05-09']);
    assert.deepEqual(daysOf('1 day before Lab trip', events), []);
  });

  for (const text of [
    '',
    'Monday',
    '6th Mon',
    '2st Mon',
    '1st',
    'Mon of Smarch',
    'Mon-Tue-Wed',
    'first Mon',
    '1st Mon,',
  ])
    it(`are not understood as ${JSON.stringify(text)}`, () => {
      const read = readOn(text);
      assert.match('fault' in read ? read.fault : '', /^is not understood; write /);
    });

  it('are not read from texts without end', () => {
    assert.match((readOn('Mon,'.repeat(60)) as { fault: string }).fault, /^is longer than 200 characters; /);
  });
});
