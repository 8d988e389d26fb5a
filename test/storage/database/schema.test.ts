import assert from 'node:assert/strict';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import { migrate } from '../../../src/storage/database/migrate.ts';
import { type Migration, MIGRATIONS } from '../../../src/storage/database/migrations/index.ts';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { claimsDeps, KINDS, type LedgerBox, postgresBox } from '../../support/ledger/ledgers.ts';

const KEY: ClaimKey = { reportId: 'crm@2026-11-20T10:00:00.000Z', revision: 0, sink: 'newrelic' };

function migration(name: string, breaking: boolean): Migration {
  return { name, breaking, up: async (db) => db.schema.createTable(name).addColumn('id', 'integer').execute() };
}

for (const { kind, open } of KINDS) {
  describe(`the tables in ${kind}`, () => {
    const own = MIGRATIONS.length;
    /** Of this program: which ones break older ones. */
    const KNOWN = MIGRATIONS.map((_, index) => `${index + 1}${[1, 12, 17].includes(index + 1) ? ' breaking' : ''}`);
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    const versions = async (): Promise<string[]> => {
      const { db } = await box.database.ready();
      const rows = await db
        .selectFrom('sentry_monitor_schema')
        .selectAll()
        .where('version', '>', 0)
        .orderBy('version')
        .execute();
      return rows.map(({ version, breaking }) => `${version}${breaking === 1 ? ' breaking' : ''}`);
    };

    it('get what is new, and what they hold stays', async () => {
      const { db } = await box.database.ready();
      await sqlClaims(box.database, claimsDeps).claim([KEY], 60_000);
      await migrate(db, [...MIGRATIONS, migration('more', false), migration('most', true)]);
      assert.deepEqual(await versions(), [...KNOWN, String(own + 1), `${own + 2} breaking`]);
      assert.deepEqual(
        (await sqlClaims(box.database, claimsDeps).claim([KEY], 60_000)).map(({ status }) => status),
        ['held'],
      );
    });

    it('of a newer program are used when that did not break them for this one', async () => {
      const { db } = await box.database.ready();
      await migrate(db, [...MIGRATIONS, migration('more', false)]);
      assert.equal((await sqlClaims(box.another(), claimsDeps).claim([KEY], 60_000))[0]?.status, 'ours');
    });

    it('of a newer program that broke them are refused, and left as they are', async () => {
      const { db } = await box.database.ready();
      await migrate(db, [...MIGRATIONS, migration('more', true), migration('most', false)]);
      await assert.rejects(box.another().ready(), {
        name: 'NewerSchema',
        message:
          `the ledger's tables have version ${own + 2} (more), this program knows ${own}; ` +
          'update sentry-monitor on this server, or give it another LEDGER_URL',
      });
      assert.deepEqual(await versions(), [...KNOWN, `${own + 1} breaking`, String(own + 2)]);
    });

    it('are not half made by a migration that breaks', async () => {
      const { db } = await box.database.ready();
      const bad: Migration = {
        name: 'bad',
        breaking: false,
        up: async (trx) => {
          await trx.schema.createTable('half').addColumn('id', 'integer').execute();
          throw new Error('no');
        },
      };
      await assert.rejects(migrate(db, [...MIGRATIONS, bad]), /^Error: no$/);
      await migrate(db, [...MIGRATIONS, migration('half', false)]);
      assert.deepEqual(await versions(), [...KNOWN, String(own + 1)]);
    });
  });
}

// One process may not wait for itself: SQLite's lock is waited for without letting anything else go on.
// Processes do so in test/e2e.
describe('the tables in PostgreSQL, several servers', () => {
  let box: LedgerBox;
  beforeEach(async () => (box = await postgresBox()));
  afterEach(() => box.close());

  it('are made once by twenty that start at the same time', async () => {
    const all = Array.from({ length: 20 }, () => box.another());
    const engines = await Promise.all(all.map((database) => database.ready()));
    assert.deepEqual(
      (await engines[0]!.db.selectFrom('sentry_monitor_schema').select('version').orderBy('version').execute()).map(
        ({ version }) => version,
      ),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22],
    );
    const answers = await Promise.all(all.map((database) => sqlClaims(database, claimsDeps).claim([KEY], 60_000)));
    assert.deepEqual(answers.map(([answer]) => answer!.status).toSorted(), [...Array<string>(19).fill('held'), 'ours']);
  });
});
