import assert from 'node:assert/strict';
import { nextDue } from '../../../src/app/watches/next-due.ts';
import type { At, DigestPlan } from '../../../src/core/model/alerting/digest-plan.ts';
import { reminderOf } from '../../support/reminders/plans.ts';
import { planOf } from '../../support/watches/plans.ts';

const MINUTE = 60_000;
const TEN = Date.UTC(2026, 10, 20, 10);

const digest = (name: string, at: At): DigestPlan => ({
  ...{ name, at, filters: ['a'], tell: [], idle: [], chart: null, skipEmpty: false, where: 'f.yaml:1' },
});

describe('what is due next', () => {
  it('is the next time of each digest and watch, the soonest first', async () => {
    const digests = [
      digest('hourly', { kind: 'every', everyMs: 60 * MINUTE }),
      digest('noon', { kind: 'cron', cron: '0 12 * * *', zone: 'Europe/Berlin' }),
      digest('never', { kind: 'cron', cron: '0 0 30 2 *', zone: 'UTC' }),
    ];
    assert.deepEqual(await nextDue({ digests, watches: [planOf()], reminders: [] }, TEN + MINUTE), [
      { kind: 'watch', name: 'github', at: TEN + 5 * MINUTE },
      { kind: 'digest', name: 'hourly', at: TEN + 60 * MINUTE },
      { kind: 'digest', name: 'noon', at: TEN + 60 * MINUTE },
    ]);
  });

  it('is nothing where there is nothing', async () =>
    assert.deepEqual(await nextDue({ digests: [], watches: [], reminders: [] }, TEN), []));

  it('is of reminders their next local day, of texts one on which they are told', async () => {
    const days = { kind: 'days', weekdays: [1], nth: [], months: [] } as const;
    const text = { kind: 'text', text: 'Hi', on: days, calendar: null } as const;
    const before = { ...text, on: { kind: 'before', days: 1, title: '' } } as const;
    const reminders = [
      reminderOf(text),
      reminderOf({ kind: 'birthday', wish: '!' }, { name: 'two' }),
      reminderOf(before, { name: 'three' }),
    ];
    const now = Date.parse('2026-11-20T10:00Z');
    assert.deepEqual(await nextDue({ digests: [], watches: [], reminders }, now), [
      { kind: 'reminder', name: 'two', at: Date.parse('2026-11-21T08:00Z') },
      { kind: 'reminder', name: 'one', at: Date.parse('2026-11-23T08:00Z') },
    ]);
  });
});
