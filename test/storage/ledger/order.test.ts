import assert from 'node:assert/strict';
import pg from 'pg';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { keepReports } from '../../../src/storage/ledger/keep-reports.ts';
import { reportOf } from '../../support/build/reports.ts';
import { until } from '../../support/time/until.ts';
import { claimsDeps, type LedgerBox, postgresBox } from '../../support/ledger/ledgers.ts';

const NAMES = ['a', 'b'];

describe('servers that keep the same reports at once in PostgreSQL', () => {
  let box: LedgerBox;
  let stranger: pg.Client;
  beforeEach(async () => {
    box = await postgresBox();
    await box.database.ready();
    stranger = new pg.Client({ connectionString: box.url });
    await stranger.connect();
  });
  afterEach(async () => {
    await stranger.end();
    await box.close();
  });

  /** Claims the reports for one sink, and keeps them in the order that is given. */
  const keeper = async (sink: string, order: readonly string[]): Promise<() => Promise<unknown>> => {
    const database = box.another();
    const keys = order.map((reportId): ClaimKey => ({ reportId, revision: 0, sink }));
    const claimed = await sqlClaims(database, claimsDeps).claim(keys, 60_000);
    const kept = keys.map((key, index) => {
      const answer = claimed[index]!;
      assert.ok(answer.status === 'ours');
      return { report: reportOf({ id: key.reportId }), parcels: [{ key, token: answer.token, items: [] }] };
    });
    const engine = await database.ready();
    return () => keepReports(engine, kept, sink);
  };
  const waiting = async (): Promise<number> =>
    Number(
      (
        await stranger.query<{ count: string }>(
          "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        )
      ).rows[0]!.count,
    );

  it('each for another sink, read in another order: none waits for the other for ever', async () => {
    const [first, second] = [await keeper('one', NAMES), await keeper('two', NAMES.toReversed())];
    await (
      await keeper('three', NAMES)
    )();
    await stranger.query('begin');
    await stranger.query("select 1 from sentry_monitor_reports where report_id = 'b' for update");
    const both = [second()];
    await until('one waits', async () => (await waiting()) === 1);
    both.push(first());
    await until('both wait', async () => (await waiting()) === 2);
    await stranger.query('commit');
    assert.deepEqual(await Promise.all(both), [
      [[true], [true]],
      [[true], [true]],
    ]);
  });
});
