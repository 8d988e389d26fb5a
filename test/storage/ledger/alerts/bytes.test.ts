import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { rollUp } from '../../../../src/storage/ledger/alerts/roll-up.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import { keptIn, takeLease } from '../../../support/alerting/outbox-bench.ts';
import {
  decide,
  factsIn,
  issueIn,
  keepFacts,
  messageIn,
  reportIn,
  tellingIn,
} from '../../../support/alerting/stage.ts';
import type { ALERT_TABLES } from '../../../support/alerting/tables.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { countStatements } from '../../../support/ledger/statements.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const DAY = 86_400_000;
const FIVE = 300_000;
/** 2026-11-20T00:00Z, and a day that is old for every clock. */
const AT = 1_795_132_800_000;
const OLD = AT - 10 * DAY;

/**
 * Rows and their indexes, bytes each at most: with a third of slack over what was measured (see docs/cost.md).
 * `issue`: in a window of a hundred; `day`: in the day of such windows.
 */
const MOST = {
  SQLite: { issue: 65, day: 55, known: 360, state: 1_150, telling: 1_500, message: 1_350 },
  PostgreSQL: { issue: 65, day: 55, known: 360, state: 1_150, telling: 1_500, message: 1_350 },
};

for (const { kind, open } of KINDS) {
  describe(`what rules remember takes, in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => (box = await open()));
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());

    /** Of a table with its indexes; in PostgreSQL with what it keeps aside. */
    async function bytes(table: (typeof ALERT_TABLES)[number]): Promise<number> {
      const { db, locksRows } = await box.database.ready();
      if (locksRows) await sql`vacuum full ${sql.table(table)}`.execute(db);
      const { rows } = locksRows
        ? await sql<{ bytes: number }>`select pg_total_relation_size(cast(${table} as regclass)) as bytes`.execute(db)
        : await sql<{ bytes: number }>`select sum(pgsize) as bytes from dbstat
            where name in (select name from sqlite_schema where tbl_name = ${table})`.execute(db);
      return Number(rows[0]!.bytes);
    }
    /** How much more a table takes for each of `count`. */
    async function each(
      table: (typeof ALERT_TABLES)[number],
      count: number,
      act: () => Promise<unknown>,
    ): Promise<number> {
      const before = await bytes(table);
      await act();
      return Math.round(((await bytes(table)) - before) / count);
    }
    const issues = (n: number, seed = 0) =>
      Array.from({ length: n }, (_, index) => {
        const id = String(6_507_376_925 + index * 7919);
        const trend = { trending: index < 3, score: Math.sqrt(index + 2 + seed), expected: 3.2 + index };
        const title = `TypeError: Cannot read properties of undefined (reading 'price${index}')`;
        return issueIn(id, 52 + ((index * 31 + seed) % 97), { ...trend, title, culprit: `checkout/pay(step${index})` });
      });

    it('is as docs/cost.md says: an issue and window, a day, a state, a telling, a message', async () => {
      const alerts = sqlAlerts(box.database);
      const windows = Array.from({ length: 100 }, (_, n) =>
        factsIn(`crm-${n % 20}`, OLD + n * FIVE, { issues: issues(100, n) }),
      );
      const found = {
        issue: await each('sentry_monitor_issue_windows', 10_000, () => keepFacts(alerts, windows)),
        known: 0,
        day: 0,
        state: await each('sentry_monitor_rule_states', 48, () =>
          decide(alerts, {
            states: Array.from({ length: 48 }, (_, n) => ({
              filter: 'crm',
              window: OLD + n * 3_600_000,
              state: {
                rules: Object.fromEntries(issues(10, n).map(({ id }) => [id, { since: OLD, hold: n, quiet: 0 }])),
              },
            })),
          }),
        ),
        telling: await each('sentry_monitor_tellings', 500, () =>
          decide(alerts, {
            tellings: Array.from({ length: 500 }, (_, n) => tellingIn('ops', 'crm-checkout', OLD + n * FIVE)),
          }),
        ),
        message: 0,
      };
      found.known = Math.round((await bytes('sentry_monitor_issues')) / 2_000);
      found.day = await each('sentry_monitor_issue_days', 2_000, async () => {
        while (await rollUp(await box.database.ready()));
      });
      const outbox = sqlOutbox(box.database, claimsDeps);
      const token = await takeLease(outbox);
      found.message = await each('sentry_monitor_messages', 500, () =>
        outbox.form('ops', token, {
          messages: Array.from({ length: 500 }, (_, n) => {
            const { alert } = tellingIn('ops', 'crm-checkout', OLD + n * FIVE);
            return keptIn(`m${n}`, OLD, { message: messageIn(`m${n}`, { alerts: [alert] }) });
          }),
          tellings: [],
        }),
      );
      if (process.env['PRINT'] !== undefined) process.stdout.write(`${kind} ${JSON.stringify(found)}\n`);
      for (const [name, most] of Object.entries(MOST[kind])) {
        const took = found[name as keyof typeof found];
        assert.ok(took > 0 && took <= most, `${name}: ${took} bytes, at most ${most}`);
      }
    });

    it('of ten thousand issues in a window is kept and read by few statements', async () => {
      const facts = factsIn('crm', AT, { issues: issues(10_000) });
      await sqlHistory(box.database, claimsDeps).put([reportIn('crm', AT)]);
      const count = countStatements();
      const began = performance.now();
      const read = await sqlAlerts(box.database).transaction(async (trx) => {
        await trx.lock(['crm']);
        await trx.keepFacts([facts]);
        return trx.facts([{ filter: 'crm', from: AT, to: AT + 1 }]);
      });
      const took = performance.now() - began;
      const statements = count.read();
      count.end();
      if (process.env['PRINT'] !== undefined) process.stdout.write(`${kind} ${statements} in ${Math.round(took)} ms\n`);
      assert.deepEqual(read.get('crm'), [facts]);
      assert.ok(statements <= 10, `${statements} statements`);
    });
  });
}
