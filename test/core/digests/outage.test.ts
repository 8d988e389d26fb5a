import assert from 'node:assert/strict';
import { workDigests } from '../../../src/core/digests/work.ts';
import type { DigestPlan } from '../../../src/core/model/alerting/digest-plan.ts';
import { cronRun } from '../../../src/platform/cron.ts';
import type { Database } from '../../../src/storage/database/database.ts';
import { sqlDigests } from '../../../src/storage/ledger/digests/index.ts';
import { putReports } from '../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../src/storage/ledger/outbox/index.ts';
import { reportIn } from '../../support/alerting/stage.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { type LedgerBox, sqliteBox } from '../../support/ledger/ledgers.ts';

const [FIVE, HOUR, DAY] = [300_000, 3_600_000, 86_400_000];
/** Nine in Berlin. */
const MONDAY = Date.parse('2026-11-16T08:00Z');
const PLAN: DigestPlan = {
  name: 'weekly',
  at: { kind: 'cron', cron: '0 9 * * 1', zone: 'Europe/Berlin' },
  filters: ['crm'],
  tell: ['boss'],
  idle: [],
  chart: null,
  skipEmpty: false,
  where: 'crm.yaml:3',
};

describe('a digest whose time passed while all servers were down', () => {
  let box: LedgerBox;
  before(async () => (box = await sqliteBox()));
  after(() => box.close());

  const serverAt = (database: Database, server: string) => (now: number) =>
    workDigests(
      {
        store: sqlDigests(database),
        outbox: sqlOutbox(database, { uuid: () => server }),
        files: () => ({ digests: [PLAN], isWhole: true }),
        shared: async () => ({ now, loadedAt: MONDAY - 8 * DAY }),
        now: () => 0,
        nextRun: () => cronRun('0 9 * * 1', 'Europe/Berlin'),
        channels: () => new Map(),
        mutes: async () => [],
        filterOf: () => undefined,
        issuePage: () => null,
        pageOf: () => null,
        ...{ reachMs: 23 * HOUR, memoryMs: 30 * DAY, leaseMs: 30_000, server, uuid: () => server },
        absent: async () => undefined,
      },
      scopeOf(),
    );

  it("is sent when they are back, over Monday's own windows, marked late, and once by two that start together", async () => {
    // From a week before until Sunday noon each hour's first window was counted, with three events.
    const hours = Array.from({ length: 6 * 24 + 4 }, (_, hour) => MONDAY - 7 * DAY + hour * HOUR);
    const totals = [{ project: 'crm-web', projectId: '11', events: 3, users: 1, issues: 0 }];
    await putReports(
      await box.database.ready(),
      hours.map((start) => reportIn('crm', start, { totals })),
    );
    const servers = [serverAt(box.database, 'one'), serverAt(box.another(), 'two')];
    await servers[0]!(MONDAY - 7 * DAY - HOUR);
    for (const hour of hours.filter((_, index) => index % 8 === 0)) await servers[0]!(hour + 2 * FIVE);
    const outbox = sqlOutbox(box.database, { uuid: () => 'look' });
    const before = await outbox.listed({ limit: 10 });
    const back = MONDAY + DAY + 3 * HOUR;
    for (const now of [back, back + FIVE, back + HOUR + FIVE]) await Promise.all(servers.map((pass) => pass(now)));
    const told = (await outbox.listed({ limit: 10 })).filter(
      ({ message }) => !before.some((it) => it.message.id === message.id),
    );
    assert.equal(told.length, 1);
    const { slot, late, filters } = told[0]!.message.digest!;
    assert.deepEqual(slot, { start: '2026-11-09T08:00:00.000Z', end: '2026-11-16T08:00:00.000Z' });
    assert.equal(late, true);
    const { events, windows } = filters[0]!;
    assert.deepEqual([events, windows.all, windows.counted], [3 * hours.length, 2_016, hours.length]);
  });
});
