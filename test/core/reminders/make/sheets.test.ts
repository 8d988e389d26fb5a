import assert from 'node:assert/strict';
import type { CalendarEvent } from '../../../../src/core/model/people/calendar-event.ts';
import type { Sheet } from '../../../../src/core/model/people/sheet.ts';
import type { ReminderPlan } from '../../../../src/core/model/reminders/reminder-plan.ts';
import type { LastTry } from '../../../../src/core/model/watches/last-try.ts';
import { ageText, gather } from '../../../../src/core/reminders/facts/gather.ts';
import { remindDays } from '../../../../src/core/reminders/make/remind.ts';
import { personOf, reminderOf } from '../../../support/reminders/plans.ts';

const ROWS = [
  ['Birthday celebrations', 'Monthly', 'Ann', ''],
  ['Breakfast', 'Weekly', 'Bob', 'Cara'],
  ['Trips', 'Quarterly', 'Eve', 'Bob'],
  ['Slides', '2 days before Group', 'Cara', ''],
];
const SHEET: Sheet = {
  columns: ['task', 'interval', 'main', 'backup'],
  rows: ROWS.map(([task, interval, main, backup], index) => ({
    row: index + 2,
    cells: { task: task!, interval: interval!, main: main!, backup: backup! },
  })),
  dates: 'y-m-d',
};
const event = (title: string, start: string, more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  id: title + start,
  series: title,
  title,
  when: {
    kind: 'timed',
    start: Date.parse(start),
    end: Date.parse(start) + 5_400_000,
    zone: 'UTC',
    day: start.slice(0, 10),
  },
  place: null,
  url: null,
  text: null,
  attendees: [],
  ...more,
});
const EVENTS = [
  event('Group meeting', '2026-04-08T07:30:00Z', {
    place: 'Room 1',
    url: 'https://meet.example.com/1',
    attendees: [{ name: null, email: 'bob@example.com' }],
  }),
  event('Journal club: Ann/Zoe', '2026-04-08T22:30:00Z', {
    attendees: [
      { name: 'Cara', email: null },
      { name: null, email: null },
    ],
  }),
  event('Group meeting', '2026-04-15T07:30:00Z'),
  event('Holiday', '2026-05-01T00:00:00Z', { when: { kind: 'days', day: '2026-05-01', last: '2026-05-03' } }),
];
const PEOPLE = ['ann', 'bob', 'cara', 'eve'].map((key) => personOf(key));
const GIVEN = { people: PEOPLE, isThere: (channel: string) => channel !== 'eve/email', admin: ['ops'] };
const HOUR_MS = 3_600_000;

async function told(
  plan: ReminderPlan,
  days: readonly string[],
  { now = `${days.at(-1)}T07:00:00Z`, last = null as LastTry | null, events = EVENTS } = {},
) {
  const at = Date.parse(now);
  const good = { at: at - 75 * HOUR_MS };
  const facts = await gather(
    plan,
    { first: days[0]!, last: days.at(-1)!, now: at },
    {
      sheets: { read: async () => ({ good: { ...good, found: SHEET }, last }) },
      calendars: {
        read: async (_, { start, end }) => {
          const found = events.filter(({ when }) => when.kind === 'days' || (when.end > start && when.start < end));
          return { good: { ...good, found: { events: found, leftOut: [], unfollowed: [] } }, last };
        },
      },
    },
  );
  const made = remindDays(plan, days, { ...facts, now: at }, GIVEN);
  return made.map(({ tell, faults }) => [
    ...tell.map(({ channel, lines }) => `${channel}: ${lines.join(' | ')}`),
    ...faults.map((it) => `! ${it}`),
  ]);
}

describe('a reminder of a sheet', () => {
  const plan = (more: { calendar?: string } = {}): ReminderPlan =>
    reminderOf({ kind: 'duty', sheet: 'duties', intervals: {}, calendar: null, ...more }, { tell: [] });

  it('tells those of the month and the quarter on the first Monday of April, and the week after nobody but the weekly one', async () => {
    assert.deepEqual(await told(plan(), ['2026-04-06']), [
      [
        'ann/email: It is your turn: Birthday celebrations (monthly).',
        'bob/email: It is your turn: Breakfast (weekly), backup cara. | It is your turn: Trips (quarterly), in place of eve.',
      ],
    ]);
    assert.deepEqual(await told(plan(), ['2026-04-13']), [
      ['bob/email: It is your turn: Breakfast (weekly), backup cara.'],
    ]);
    assert.deepEqual(await told(plan(), ['2026-04-14']), [[]]);
  });

  it('tells a turn that was missed with the next one of its task', async () => {
    assert.deepEqual(await told(plan(), ['2026-04-06', '2026-04-12', '2026-04-13']), [
      [
        'ann/email: It is your turn: Birthday celebrations (monthly).',
        'bob/email: It is your turn: Trips (quarterly), in place of eve.',
      ],
      [],
      ['bob/email: It is your turn: Breakfast (weekly), backup cara.'],
    ]);
  });

  it('goes by events where it has a calendar, and else says that it cannot', async () => {
    assert.deepEqual(
      await told(plan({ calendar: 'lab' }), ['2026-04-06']).then(([all]) => all!.at(-1)),
      'cara/email: It is your turn: Slides (2 days before group).',
    );
    const facts = await gather(
      plan(),
      { first: '2026-04-06', last: '2026-04-06', now: 0 },
      { sheets: { read: async () => ({ good: { found: SHEET, at: 0 }, last: null }) }, calendars: undefined },
    );
    assert.deepEqual(facts.faults, ['Slides is due before events, and the reminder has no calendar']);
  });

  it('that cannot be read again says how old it is', async () => {
    const last = { at: 1, fault: 'no answer', failures: 3 };
    const [all] = await told(plan(), ['2026-04-13'], { last });
    assert.deepEqual(all, [
      'bob/email: It is your turn: Breakfast (weekly), backup cara. | This is by duties as it was 3 days ago: it could not be read again since.',
    ]);
    assert.deepEqual(
      [0, 119, 120, 47 * 60 + 59, 48 * 60].map((minutes) => ageText(minutes * 60_000)),
      ['0 minutes', '119 minutes', '2 hours', '47 hours', '2 days'],
    );
  });
});

describe('a reminder of events', () => {
  const plan = (more: Partial<ReminderPlan> = {}, title = '', before = [1]): ReminderPlan =>
    reminderOf({ kind: 'event', calendar: 'lab', before, title }, more);

  it('has its place, link and the one after', async () => {
    assert.deepEqual(await told(plan({}, 'group'), ['2026-04-07']), [
      [
        'crm: Group meeting: Wed 2026-04-08 09:30 to 11:00 (Europe/Berlin), Room 1 | https://meet.example.com/1 | The one after: Wed 2026-04-15 09:30 to 11:00',
      ],
    ]);
    assert.deepEqual(await told(plan({}, '', [7]), ['2026-04-08']), [
      [
        'crm: Group meeting: Wed 2026-04-15 09:30 to 11:00 (Europe/Berlin) | The one after: Fri 2026-05-01 to Sun 2026-05-03, Holiday',
      ],
    ]);
    assert.deepEqual(await told(plan({}, '', [3, 0]), ['2026-04-28', '2026-05-02']), [
      ['crm: Holiday: Fri 2026-05-01 to Sun 2026-05-03 (Europe/Berlin)'],
      [],
    ]);
  });

  it('is by the day of its own zone, also over midnight', async () => {
    const [all] = await told(plan({}, 'journal'), ['2026-04-08']);
    assert.match(all![0]!, /^crm: Journal club: Ann\/Zoe: Thu 2026-04-09 00:30 to 02:00 /);
  });

  it('is not told once it has begun', async () => {
    assert.deepEqual(await told(plan({}, 'group', [0]), ['2026-04-08'], { now: '2026-04-08T07:30:00Z' }), [[]]);
    assert.equal((await told(plan({}, 'group', [0]), ['2026-04-08'], { now: '2026-04-08T07:29:59Z' }))[0]!.length, 1);
    assert.deepEqual(await told(plan({}, 'holi', [0]), ['2026-05-01'], { now: '2026-05-04T07:00:00Z' }), [[]]);
  });

  it('is for those whom it names, by address, by name or in its title', async () => {
    const named = plan({ to: ['named'], tell: [] });
    assert.deepEqual(
      (await told(named, ['2026-04-07']))[0]!.map((it) => it.split(':')[0]),
      ['bob/email'],
    );
    assert.deepEqual(
      (await told(named, ['2026-04-08']))[0]!.map((it) => it.split(':')[0]),
      ['cara/email', 'ann/email'],
    );
    assert.deepEqual(await told(named, ['2026-04-14']), [
      ['! Group meeting on Wed 2026-04-15 09:30 to 11:00 names nobody'],
    ]);
  });

  it('says whom it may mean of two', async () => {
    PEOPLE.push(personOf('ann-2'));
    try {
      assert.deepEqual(await told(plan({ to: ['named'], tell: [] }, 'journal: club', [1]), ['2026-04-08']), [[]]);
      const [all] = await told(plan({ to: ['named'], tell: [] }, 'journal'), ['2026-04-08']);
      assert.equal(all!.at(-1), '! Journal club: Ann/Zoe on Thu 2026-04-09 00:30 to 02:00: "Ann" may be ann or ann-2');
    } finally {
      PEOPLE.pop();
    }
  });

  it('without a title, or without an end, or over a night is said as it is', async () => {
    const odd = [
      event('', '2026-06-01T07:00:00Z', {
        when: {
          kind: 'timed',
          start: Date.parse('2026-06-01T07:00Z'),
          end: Date.parse('2026-06-01T07:00Z'),
          zone: 'UTC',
          day: '2026-06-01',
        },
      }),
      event('', '2026-06-02T21:00:00Z', { when: { kind: 'days', day: '2026-06-02', last: '2026-06-02' } }),
      event('Night', '2026-06-03T21:00:00Z'),
    ];
    const say = async (day: string) => (await told(plan({}), [day], { events: odd }))[0]![0];
    assert.equal(
      await say('2026-05-31'),
      'crm: An event: Mon 2026-06-01 09:00 (Europe/Berlin) | The one after: Tue 2026-06-02',
    );
    assert.match((await say('2026-06-02'))!, /^crm: Night: Wed 2026-06-03 23:00 to Thu 2026-06-04 00:30 /);
  });
});
