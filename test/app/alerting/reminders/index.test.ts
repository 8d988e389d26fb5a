import assert from 'node:assert/strict';
import { remindersOf } from '../../../../src/app/alerting/reminders/index.ts';
import type { KnownReminder, ReminderStore } from '../../../../src/core/ports/reminders/reminder-store.ts';
import type { Sheet } from '../../../../src/core/model/people/sheet.ts';
import { createPeopleBook } from '../../../../src/app/alerting/reminders/people-book.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { personOf, reminderOf } from '../../../support/reminders/plans.ts';

const DAILY = { kind: 'days', weekdays: [0, 1, 2, 3, 4, 5, 6], nth: [], months: [] } as const;

/** The service's chores, with nothing but what reminders need. */
function stage(adminChannel: string | undefined, ledger: object | undefined = {}) {
  const rows = new Map<string, KnownReminder>();
  const told: string[] = [];
  const store: ReminderStore = {
    all: async () => [...rows.values()],
    put: async (all) => all.forEach((it) => rows.set(it.name, rows.get(it.name) ?? it)),
    forget: async (names) => names.forEach((name) => rows.delete(name)),
    told: async (name, at, messages) => {
      rows.set(name, { ...rows.get(name)!, toldTo: at });
      told.push(...messages.map(({ channel, message }) => `${channel}: ${message.lines[0]}`));
      return true;
    },
  };
  const state = {
    now: Date.parse('2026-11-30T07:00Z'),
    team: null as Sheet | null,
    peopleSheets: [] as object[],
    reminders: [reminderOf({ kind: 'text', text: 'Hi', on: DAILY, calendar: null }, { to: ['ann'], tell: [] })],
  };
  const channel = (name: string) => ({ channel: { name }, budget: null });
  const deps = {
    ledger: ledger && { reminders: store, ...ledger },
    outbox: { now: async () => state.now },
    now: () => state.now,
    server: 'host-1',
    channels: [channel('console')],
    duties: { channels: () => new Map(), keep: () => undefined },
    sheetPeople: createPeopleBook(),
    toPerson: () => ({ channels: [channel('team.dora/email')], faults: [] }),
    feeds: {
      sheets: { read: async () => (state.team === null ? null : { good: { found: state.team, at: 0 }, last: null }) },
    },
    inForce: () => ({
      ...{ loadedAt: 1, isWhole: true, channels: [], filters: [], watches: [], digests: [] },
      peopleSheets: state.peopleSheets,
      reminders: state.reminders,
      people: [personOf('ann')],
    }),
  };
  const admin = { channel: adminChannel, tellDaily: async () => undefined };
  const chores = remindersOf(deps as never, admin as never);
  const pass = async () => {
    const done = [];
    for (const chore of chores) done.push(...((await chore.work(scopeOf())) ?? []));
    return done.map(({ name, status }) => `${name} ${status}`);
  };
  return { pass, told, state, chores };
}

describe('reminders of the service', () => {
  it('are told as their time comes; the admin hears who is not', async () => {
    const { pass, told, state } = stage('console');
    assert.deepEqual(await pass(), []);
    state.now += 3_600_000;
    assert.deepEqual(await pass(), ['one failed']);
    assert.deepEqual(told, [
      'console: Not everybody is told by the reminder one of 2026-11-30 (config/filters/crm.yaml:12):',
    ]);
    state.reminders = [];
    assert.deepEqual(await pass(), []);
  });

  it('for persons of a sheet wait until it was read, others do not', async () => {
    const { pass, told, state } = stage('console');
    state.peopleSheets = [{ sheet: 'team', file: 'f.yaml', line: 3 }];
    const what = { kind: 'text', text: 'Hi', on: DAILY, calendar: null } as const;
    state.reminders = [
      reminderOf(what, { to: ['everybody'], tell: [] }),
      reminderOf(what, { name: 'two' }),
      reminderOf({ kind: 'birthday', wish: 'Hurray' }, { name: 'three' }),
    ];
    assert.deepEqual(await pass(), []);
    state.now += 3_600_000;
    assert.deepEqual(await pass(), ['one failed', 'two done', 'three failed']);
    assert.deepEqual(told, ['crm: Hi']);
    state.team = {
      columns: ['name'],
      rows: [{ row: 2, cells: { name: 'Dora', email: 'd@example.com' } }],
      dates: 'y-m-d',
    };
    assert.deepEqual(await pass(), ['one failed']);
    assert.deepEqual(told.slice(1).sort(), [
      'console: Not everybody is told by the reminder one of 2026-11-30 (config/filters/crm.yaml:12):',
      'team.dora/email: Hi',
    ]);
  });

  it('are told by nobody else, and not again where the ledger was restored meanwhile', async () => {
    const { pass, told, state } = stage(undefined, {
      restores: { mark: async () => ({ at: Date.parse('2026-11-30T09:00Z') }) },
    });
    assert.deepEqual(await pass(), []);
    state.now += 3 * 3_600_000;
    assert.deepEqual(await pass(), []);
    state.now += 24 * 3_600_000;
    assert.deepEqual([await pass(), told], [['one failed'], []]);
  });

  it('are nothing without a ledger, and load nothing as long as there are none', async () => {
    assert.deepEqual(stage('console', { reminders: undefined }).chores, []);
    const { pass, state } = stage('console');
    state.reminders = [];
    assert.deepEqual(await pass(), []);
  });
});
