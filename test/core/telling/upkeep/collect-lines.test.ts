import assert from 'node:assert/strict';
import type { Outbox } from '../../../../src/core/ports/alerting/outbox.ts';
import { createAdmin } from '../../../../src/core/telling/own/admin.ts';
import { collectLines } from '../../../../src/core/telling/upkeep/collect-lines.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { createLogBook, scopeOf } from '../../../support/build/scope.ts';

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** Monday, 2026-11-16T08:00Z */
const MONDAY = 1_794_816_000_000;

function stage() {
  let now = MONDAY + DAY;
  const { outbox } = memoryAlerts(() => now);
  const admin = createAdmin({
    ...{ channel: 'boss', outbox, isCollected: true, channels: () => new Map(), server: 'host-1' },
    ...{ openScope: () => ({ ...scopeOf(), close: () => undefined }), now: () => now, log: createLogBook() },
  });
  const chore = (isWeekly = true, given: Outbox = outbox) =>
    collectLines({ outbox: given, isWeekly, leaseMs: 30_000, server: 'host-2' });
  return {
    ...{ outbox, admin, chore },
    at: (instant: number) => void (now = instant),
    /** Fates and lines of what would be posted, or was to be. */
    all: async () =>
      (await outbox.messages({ from: 0, to: Infinity })).map(({ fate, message }) => [fate, ...message.lines]),
    due: () => outbox.due(now),
  };
}

describe('collected lines', () => {
  it('are one message each Monday, each line once, with those that say the same as one', async () => {
    const { admin, at, chore, all, due } = stage();
    const work = chore();
    await admin.tell('rule/a', 'The rule a broke.', ['at line 3']);
    at(MONDAY + 2 * DAY);
    await admin.tell('channel/b', 'The channel b is gone.');
    for (const hours of [1, 2]) {
      at(MONDAY + 2 * DAY + hours * HOUR);
      await admin.tell('rule/a', 'The rule a broke.', ['at line 3']);
    }
    at(MONDAY + 7 * DAY - 1);
    await work.work(scopeOf());
    assert.deepEqual([(await all()).length, await due()], [4, []]);
    at(MONDAY + 7 * DAY);
    await admin.tell('rule/c', 'After the week.');
    await work.work(scopeOf());
    await work.work(scopeOf());
    await chore().work(scopeOf());
    assert.deepEqual(await due(), ['boss']);
    const [rule, channel, again, more, ...rest] = await all();
    assert.deepEqual(
      [rule, channel, again, more].map((it) => it![0]),
      Array(4).fill('grouped'),
    );
    assert.deepEqual(rest.toSorted(), [
      [
        'pending',
        '4 messages of sentry-monitor about itself, up to 2026-11-23 08:00 UTC',
        '2026-11-17 08:00 UTC, and 2 more until 2026-11-18 10:00 UTC: The rule a broke.',
        'at line 3',
        '2026-11-18 08:00 UTC: The channel b is gone.',
      ],
      ['pending', 'After the week.'],
    ]);
    at(MONDAY + 14 * DAY);
    await work.work(scopeOf());
    assert.deepEqual((await all()).at(-1), [
      'pending',
      'One message of sentry-monitor about itself, up to 2026-11-30 08:00 UTC',
      '2026-11-23 08:00 UTC: After the week.',
    ]);
  });

  it('of a week without any are no message', async () => {
    const { at, chore, all } = stage();
    at(MONDAY + 7 * DAY);
    await chore().work(scopeOf());
    assert.deepEqual(await all(), []);
  });

  it('that came too late for a Monday go with the next one', async () => {
    const { admin, at, chore, all } = stage();
    await admin.tell('rule/a', 'In time.');
    at(MONDAY + 7 * DAY);
    await chore().work(scopeOf());
    at(MONDAY + 6 * DAY);
    await admin.tell('rule/b', 'Late.');
    at(MONDAY + 7 * DAY + HOUR);
    await chore().work(scopeOf());
    assert.deepEqual((await all()).filter(([fate]) => fate === 'pending').length, 2, 'this Monday was told');
    at(MONDAY + 14 * DAY);
    await chore().work(scopeOf());
    assert.match((await all()).at(-1)!.join(), /Late/);
  });

  it('wait while another server has the channel, and are told at once when they are collected no more', async () => {
    const { admin, at, chore, all, outbox, due } = stage();
    await admin.tell('rule/a', 'The rule a broke.');
    at(MONDAY + 7 * DAY);
    const work = chore();
    const token = await outbox.lease('boss', 30_000);
    await work.work(scopeOf());
    assert.equal((await all()).length, 1);
    await outbox.release('boss', token!);
    const never = chore(false);
    at(MONDAY + 7 * DAY + HOUR);
    await never.work(scopeOf());
    assert.deepEqual([(await all()).length, await due()], [2, ['boss']]);
    await admin.tell('rule/b', 'Of another server.');
    await never.work(scopeOf());
    await work.work(scopeOf());
    assert.equal((await all()).length, 3, 'nothing twice');
  });

  it('are all found, however much waits', async () => {
    const { admin, at, chore, all } = stage();
    for (let kind = 0; kind < 1001; kind++) await admin.tell(`rule/${kind}`, `The rule ${kind} broke.`);
    at(MONDAY + 7 * DAY);
    await chore().work(scopeOf());
    assert.equal((await all()).at(-1)!.length, 2 + 1001);
    assert.equal((await all()).filter(([fate]) => fate === 'grouped').length, 1001);
  });
});
