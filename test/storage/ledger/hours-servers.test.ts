import assert from 'node:assert/strict';
import { isoOf } from '../../../src/core/model/window.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { addUpHours } from '../../../src/storage/ledger/views/hours.ts';
import { sqlReadModel } from '../../../src/storage/ledger/views/read-model.ts';
import { filterOf, reportOf, START } from '../../support/build/reports.ts';
import { claimsDeps, type LedgerBox, postgresBox } from '../../support/ledger/ledgers.ts';

const FIVE = 300_000;
const HOUR = 12 * FIVE;

describe('counts by hour, by several servers at once', () => {
  let box: LedgerBox;
  beforeEach(async () => (box = await postgresBox()));
  afterEach(() => box.close());

  it('are whole, whoever adds up while others keep windows of the same hour', async () => {
    const servers = Array.from({ length: 4 }, () => box.another());
    await Promise.all(
      servers.map(async (database, server) => {
        for (let n = 0; n < 9; n++) {
          const start = START + (9 * server + n) * FIVE;
          const id = `a@${isoOf(start)}`;
          const totals = [{ project: 'web', projectId: '1', events: 1, users: 1, issues: 0 }];
          const window = { start, end: start + FIVE };
          await sqlHistory(database, claimsDeps).put([
            reportOf({ id, filter: filterOf({ name: 'a' }), window, totals }),
          ]);
          await addUpHours(await database.ready(), 3);
        }
      }),
    );
    const { db } = await box.database.ready();
    const rows = await db.selectFrom('sentry_monitor_hours').selectAll().orderBy('hour_start').execute();
    assert.deepEqual(
      rows.map(({ hour_start, windows, events }) => [(hour_start - START) / HOUR, windows, events]),
      [0, 1, 2].map((hour) => [hour, 12, 12]),
    );
    const { hours } = await sqlReadModel(servers[0]!).hours(['a'], START, START + 3 * HOUR);
    assert.deepEqual(
      [...hours][0]![1].map(({ windows }) => windows),
      [12, 12, 12],
    );
  });
});
