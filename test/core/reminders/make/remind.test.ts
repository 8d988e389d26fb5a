import assert from 'node:assert/strict';
import type { ReminderPlan } from '../../../../src/core/model/reminders/reminder-plan.ts';
import { NO_FACTS } from '../../../../src/core/reminders/facts/facts.ts';
import { isBirthday } from '../../../../src/core/reminders/people/birthdays.ts';
import { remindDuties } from '../../../../src/core/reminders/make/duties.ts';
import { remindDays } from '../../../../src/core/reminders/make/remind.ts';
import type { Reminded } from '../../../../src/core/reminders/make/reminded.ts';
import { personOf, reminderOf } from '../../../support/reminders/plans.ts';

const PEOPLE = [
  personOf('ann', { name: 'Ann Lee', birthday: { month: 2, day: 29 } }),
  personOf('bob', { name: 'Bob' }),
  personOf('mute', { name: 'Cara', channels: [], birthday: { month: 4, day: 6 } }),
];
const GIVEN = { people: PEOPLE, isThere: () => true, admin: ['ops'] };
const remind = (plan: ReminderPlan, day: string, given: typeof GIVEN): Reminded =>
  remindDays(plan, [day], { ...NO_FACTS, now: 0 }, given)[0]!;
const said = ({ tell, faults }: Reminded) => [
  ...tell.map(({ channel, who, lines }) => `${channel} (${who}): ${lines.join(' | ')}`),
  ...faults.map((fault) => `! ${fault}`),
];

describe('what a reminder tells', () => {
  it('of a text goes to channels and persons, on its days alone', () => {
    const on = { kind: 'days', weekdays: [1], nth: [], months: [] } as const;
    const what = { kind: 'text', text: 'Stand-up', on, calendar: null } as const;
    const plan = reminderOf(what, { to: ['bob', 'admin'] });
    assert.deepEqual(said(remind(plan, '2026-04-06', GIVEN)), [
      'bob/email (Bob): Stand-up',
      'crm (null): Stand-up',
      'ops (null): Stand-up',
    ]);
    assert.deepEqual(said(remind(plan, '2026-04-07', GIVEN)), []);
    assert.deepEqual(said(remind({ ...plan, to: ['everybody'], tell: [] }, '2026-04-06', GIVEN)), [
      'ann/email (Ann Lee): Stand-up',
      'bob/email (Bob): Stand-up',
      '! Cara has no channel',
    ]);
  });

  it('goes to persons of a sheet by their names, and the admin hears which nobody has', () => {
    const on = { kind: 'days', weekdays: [1], nth: [], months: [] } as const;
    const what = { kind: 'text', text: 'Lunch', on, calendar: null } as const;
    const people = [...PEOPLE, personOf('dora-fox', { name: 'Dora Fox', birthday: { month: 4, day: 6 } })];
    const given = { ...GIVEN, people };
    const to = ['person/dora', 'person/dora-fox', 'person/ane', 'bob'];
    assert.deepEqual(said(remind(reminderOf(what, { to, tell: [] }), '2026-04-06', given)), [
      'bob/email (Bob): Lunch',
      'dora-fox/email (Dora Fox): Lunch',
      '! nobody is called "ane"',
    ]);
    const wish = reminderOf({ kind: 'birthday', wish: 'Hurray' }, { to: ['person/dora', 'bob'], tell: [] });
    assert.deepEqual(said(remind(wish, '2026-04-06', { ...given, people: people.toSpliced(2, 1) })), [
      'dora-fox/email (Dora Fox): Hurray',
      'bob/email (Bob): It is the birthday of Dora Fox.',
    ]);
  });

  it('of a birthday is a wish to the person, and a line to the others', () => {
    const plan = reminderOf({ kind: 'birthday', wish: 'All the best!' }, { to: ['everybody'] });
    assert.deepEqual(said(remind(plan, '2027-02-28', GIVEN)), [
      'ann/email (Ann Lee): All the best!',
      'bob/email (Bob): It is the birthday of Ann Lee.',
      'crm (null): It is the birthday of Ann Lee.',
      '! Cara has no channel',
    ]);
    assert.deepEqual(said(remind({ ...plan, to: [] }, '2026-04-06', GIVEN)), [
      'crm (null): It is the birthday of Cara.',
      '! Cara gets no wish for the birthday: there is no channel',
    ]);
    assert.deepEqual(said(remind(plan, '2026-04-07', GIVEN)), []);
  });

  it('of the 29th of February comes on the 28th in common years, and in leap years on its day', () => {
    const leap = { month: 2, day: 29 };
    const days = ['2027-02-28', '2027-03-01', '2028-02-28', '2028-02-29', '2100-02-28'];
    assert.deepEqual(
      days.map((day) => isBirthday(leap, day)),
      [true, false, false, true, true],
    );
    assert.deepEqual(isBirthday({ month: 2, day: 28 }, '2028-02-28'), true);
  });
});

describe('what a reminder of duties tells', () => {
  const on = { kind: 'days', weekdays: [1], nth: [], months: [] } as const;
  const duty = (task: string, main: readonly string[], backup: readonly string[] = []) =>
    ({ task, interval: 'Weekly' as string, main, backup, on, from: null }) as const;
  const rows = [duty('Website', ['Ann'], ['Bob']), duty('Cloud bill', ['ann']), duty('Trips', ['Cara'], ['Bob'])];
  const remindOf = (all: typeof rows, tell: readonly string[] = [], day = '2026-04-06') =>
    said(remindDuties({ tell }, { rows: all }, { day, events: [] }, GIVEN));

  it('goes to each once, with the backup; where a channel is missing, to the backup', () => {
    assert.deepEqual(remindOf(rows), [
      'ann/email (Ann Lee): It is your turn: Website (weekly), backup Bob. | It is your turn: Cloud bill (weekly).',
      'bob/email (Bob): It is your turn: Trips (weekly), in place of Cara.',
    ]);
    assert.deepEqual(remindOf(rows, [], '2026-04-07'), []);
    assert.deepEqual(remindOf(rows, ['crm'], '2026-04-07'), []);
  });

  it('is told to channels as a list', () => {
    assert.deepEqual(remindOf([rows[0]!], ['crm']).at(-1), 'crm (null): Website (weekly): Ann Lee, backup Bob');
  });

  it('is for the admin where nobody is meant for sure, or nobody is reached', () => {
    const odd = [duty('Website', ['Zoe', 'Bob']), duty('Trips', ['Cara'])];
    assert.deepEqual(remindOf(odd), [
      'bob/email (Bob): It is your turn: Website (weekly).',
      '! Website (weekly): not everybody is told: nobody is called "Zoe"',
      '! Trips (weekly): it is the turn of Cara, whom no channel reaches, and no backup',
    ]);
    const dated = { ...duty('On call', ['Zoe']), interval: '' };
    assert.deepEqual(remindOf([dated], ['crm']), [
      'crm (null): On call: Zoe',
      '! On call: nobody is told: nobody is called "Zoe"',
    ]);
  });
});
