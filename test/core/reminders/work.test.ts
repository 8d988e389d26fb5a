import assert from 'node:assert/strict';
import type { ReminderPlan } from '../../../src/core/model/reminders/reminder-plan.ts';
import type { KnownReminder, ReminderStore } from '../../../src/core/ports/reminders/reminder-store.ts';
import type { Agenda, Known } from '../../../src/core/ports/people/sheets.ts';
import { workReminders } from '../../../src/core/reminders/work.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { personOf, reminderOf } from '../../support/reminders/plans.ts';

const DAILY = { kind: 'days', weekdays: [0, 1, 2, 3, 4, 5, 6], nth: [], months: [] } as const;
const TEXT = { kind: 'text', text: 'Stand-up', on: DAILY, calendar: null } as const;

/** Servers with one store, at instants. */
function stage(plans: readonly ReminderPlan[]) {
  const rows = new Map<string, KnownReminder>();
  const messages = new Map<string, readonly [string, readonly string[]]>();
  const state = {
    plans,
    loadedAt: 1,
    isWhole: true,
    calendar: null as Known<Agenda> | null,
    restoredAt: null as number | null,
    admin: ['ops'],
  };
  const daily: string[] = [];
  const store: ReminderStore = {
    all: async () => [...rows.values()],
    put: async (all) =>
      all.forEach((it) => rows.set(it.name, { ...it, toldTo: rows.get(it.name)?.toldTo ?? it.toldTo })),
    forget: async (names) => names.forEach((name) => rows.delete(name)),
    told: async (name, at, all) => {
      const row = rows.get(name)!;
      if (row.toldTo >= at) return false;
      rows.set(name, { ...row, toldTo: at });
      for (const { channel, message } of all) messages.set(message.id, [channel, message.lines]);
      return true;
    },
  };
  const people = [personOf('ann', { channels: [], birthday: { month: 12, day: 2 } })];
  const work = (now: string) =>
    workReminders(
      {
        store,
        server: 'host-1',
        files: () => ({ reminders: state.plans, isWhole: state.isWhole }),
        shared: async () => ({ now: Date.parse(now), loadedAt: state.loadedAt }),
        given: () => ({ people, isThere: () => true, admin: state.admin }),
        feeds: { sheets: { read: async () => null }, calendars: { read: async () => state.calendar } },
        restoredAt: async () => state.restoredAt,
        tellDaily: async (kind, line) => void daily.push(`${kind}: ${line}`),
      },
      scopeOf(),
    );
  const told = () => [...messages].map(([id, [channel, lines]]) => `${id} ${channel}: ${lines.join(' | ')}`);
  return { work, told, rows, state, daily };
}

describe('reminders that are due', () => {
  it('are told once on each local day, whoever comes first', async () => {
    const { work, told } = stage([reminderOf(TEXT)]);
    await work('2026-11-30T07:59Z');
    assert.deepEqual(told(), []);
    const both = await Promise.all([work('2026-11-30T08:00Z'), work('2026-11-30T08:00Z')]);
    assert.deepEqual(both.flat(), [{ kind: 'reminder', name: 'one', left: 0, status: 'done', detail: 'for crm' }]);
    await work('2026-11-30T23:00Z');
    await work('2026-12-01T08:03Z');
    assert.deepEqual(told(), [
      'reminder/one@2026-11-30/crm crm: Stand-up',
      'reminder/one@2026-12-01/crm crm: Stand-up',
    ]);
  });

  it('begin when they become known', async () => {
    const { work, told } = stage([reminderOf(TEXT)]);
    await work('2026-11-30T08:01Z');
    await work('2026-11-30T20:00Z');
    assert.deepEqual(told(), []);
  });

  it('are told late after an outage, which they say, of a text only the last one; not after a week', async () => {
    const { work, told } = stage([reminderOf(TEXT), reminderOf({ kind: 'birthday', wish: '!' }, { name: 'two' })]);
    await work('2026-11-30T07:00Z');
    await work('2026-12-02T12:00Z');
    const late = (day: string): string => `This is late: it was due on ${day} at 09:00 Europe/Berlin.`;
    assert.deepEqual(
      told().filter((line) => !line.startsWith('own/')),
      [
        `reminder/one@2026-12-02/crm crm: Stand-up | ${late('2026-11-30, 2026-12-01, 2026-12-02')}`,
        `reminder/two@2026-12-02/crm crm: It is the birthday of ann. | ${late('2026-12-02')}`,
      ],
    );
    const away = stage([reminderOf({ kind: 'birthday', wish: '!' })]);
    await away.work('2026-11-30T07:00Z');
    await away.work('2026-12-09T09:00Z');
    assert.deepEqual([...away.told()], []);
  });

  it('tell the admin once who is not told', async () => {
    const { work, told, state } = stage([reminderOf({ kind: 'birthday', wish: '!' }, { tell: [] })]);
    await work('2026-12-02T07:00Z');
    const [done] = await work('2026-12-02T08:00Z');
    const fault = 'ann gets no wish for the birthday: there is no channel';
    assert.deepEqual([done!.status, done!.detail], ['failed', `nobody is told; ${fault}`]);
    await work('2026-12-02T09:00Z');
    assert.deepEqual(told(), [
      'own/reminder/one/2026-12-02/ops@2026-12-02T08:00:00.000Z ops: ' +
        `Not everybody is told by the reminder one of 2026-12-02 (config/filters/crm.yaml:12): | ${fault}`,
    ]);
    state.admin = [];
    await work('2027-12-02T07:00Z');
    assert.equal((await work('2027-12-02T09:00Z'))[0]!.status, 'failed');
    assert.equal(told().length, 1);
  });

  it('that cannot be made are tried again; the admin hears of it', async () => {
    const text = { ...TEXT, calendar: 'lab' };
    const { work, told, state, daily } = stage([reminderOf(text), reminderOf(text, { name: 'two' })]);
    await work('2026-11-30T07:00Z');
    const failed = await work('2026-11-30T08:00Z');
    assert.deepEqual(
      failed.map(({ status, detail }) => `${status}: ${detail}`),
      ['failed: lab: it was not read yet', 'failed: lab: it was not read yet'],
    );
    state.calendar = { good: null, last: { at: 1, fault: 'no answer', failures: 1 } };
    await work('2026-11-30T08:04Z');
    const line = 'reminder/one: The reminder one cannot be made (config/filters/crm.yaml:12): lab: it was';
    assert.deepEqual([daily[0], daily[2]], [`${line} not read yet`, `${line} never read: no answer`]);
    state.calendar = {
      good: {
        found: { events: [], leftOut: ['an event in no zone'], unfollowed: ['Tea takes place too often'] },
        at: 0,
      },
      last: null,
    };
    const [done] = await work('2026-11-30T08:05Z');
    await work('2026-12-01T08:05Z');
    assert.deepEqual([done!.status, done!.detail], ['done', 'for crm; Tea takes place too often']);
    const about =
      'The reminder one (config/filters/crm.yaml:12) leaves out what it does not understand: Tea takes place too often';
    assert.deepEqual(
      told().filter((it) => it.includes('/one')),
      [
        'reminder/one@2026-11-30/crm crm: Stand-up',
        `own/reminder/one/ops@Tea takes place too often ops: ${about}`,
        'reminder/one@2026-12-01/crm crm: Stand-up',
      ],
    );
  });

  it('are forgotten when no file has them, but not by a server with older files, or with a file at fault', async () => {
    const { work, rows, state } = stage([reminderOf(TEXT)]);
    await work('2026-11-30T07:00Z');
    Object.assign(state, { plans: [], loadedAt: 2, isWhole: false });
    await work('2026-11-30T07:05Z');
    assert.equal(rows.size, 1);
    Object.assign(state, { loadedAt: 0, isWhole: true });
    await work('2026-11-30T07:10Z');
    assert.equal(rows.size, 1);
    state.loadedAt = 3;
    await work('2026-11-30T07:15Z');
    assert.equal(rows.size, 0);
  });

  it('are not told for what was due before the ledger was restored from a copy', async () => {
    const { work, told, state } = stage([reminderOf(TEXT)]);
    await work('2026-11-28T20:00Z');
    state.restoredAt = Date.parse('2026-11-30T10:00Z');
    await work('2026-11-30T10:05Z');
    assert.deepEqual(told(), []);
    await work('2026-12-01T08:05Z');
    assert.deepEqual(told(), ['reminder/one@2026-12-01/crm crm: Stand-up']);
  });

  it('of another time begin from what was told, and no day is told twice', async () => {
    const { work, told, state } = stage([reminderOf(TEXT)]);
    await work('2026-11-30T07:00Z');
    await work('2026-11-30T08:00Z');
    state.plans = [reminderOf(TEXT, { at: { minute: 600, zone: 'Europe/Berlin' } })];
    state.loadedAt = 2;
    await work('2026-11-30T09:00Z');
    assert.deepEqual(told(), ['reminder/one@2026-11-30/crm crm: Stand-up']);
  });
});
