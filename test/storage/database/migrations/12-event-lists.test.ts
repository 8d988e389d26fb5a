import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { MIGRATIONS } from '../../../../src/storage/database/migrations/index.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const DAY = Date.UTC(2026, 10, 20);
/** As version 11 kept them: by issue, and the windows over all issues too. */
const OLD = [
  ['crm', 300_000, AT, 'a', 'production', 'error', 3],
  ['crm', 300_000, AT, 'b\\"c', 'production', 'error', 2],
  ['crm', 300_000, AT, '', 'production', 'error', 5],
  ['crm', 300_000, AT, 'a', '', 'fatal', 1],
  ['crm', 300_000, AT, '', '', 'fatal', 1],
  ['crm', 86_400_000, DAY, 'a', 'production', 'error', 7],
];

for (const { kind, open } of KINDS)
  describe(`counts of events of before, in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    it('become lists, and none is lost', async () => {
      const { db } = await box.database.ready();
      for (const table of ['event_counts', 'event_objects'])
        await sql`drop table ${sql.table(`sentry_monitor_${table}`)}`.execute(db);
      await sql`create table sentry_monitor_event_counts (project text, step_ms integer, start bigint, issue text,
        environment text, level text, events bigint, constraint sentry_monitor_event_counts_key
        primary key (project, step_ms, start, issue, environment, level))`.execute(db);
      for (const row of OLD) await sql`insert into sentry_monitor_event_counts values (${sql.join(row)})`.execute(db);

      await MIGRATIONS[11]!.up(db);
      const rows = await db.selectFrom('sentry_monitor_event_counts').selectAll().execute();
      const said = rows.map(({ issues, ...row }) => {
        const list = JSON.parse(`[${issues}]`) as unknown[];
        const pairs = Array.from({ length: list.length / 2 }, (_, n) => list.slice(2 * n, 2 * n + 2).join(' '));
        return [...Object.values(row), pairs.toSorted().join(', ')].join('|');
      });
      assert.deepEqual(said.toSorted(), [
        `crm|300000|${AT}|production|error||5|a 3, b"c 2`,
        `crm|300000|${AT}||fatal||1|a 1`,
        `crm|86400000|${DAY}|production|error||7|a 7`,
      ]);
      assert.equal(MIGRATIONS[11]!.breaking, true);
      assert.deepEqual(await db.selectFrom('sentry_monitor_event_objects').selectAll().execute(), []);
    });
  });
