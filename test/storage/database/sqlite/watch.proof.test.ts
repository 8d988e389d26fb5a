import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createDatabase, type Database } from '../../../../src/storage/database/database.ts';
import { createLogBook, type LogBook } from '../../../support/build/scope.ts';
import { folder } from '../../../support/process/temp-folder.ts';
import { until } from '../../../support/time/until.ts';

const TO_DO = 'put back the right one without -wal and -shm beside it, and start this server anew';

describe('a SQLite file that is taken away from under its server', () => {
  let files: ReturnType<typeof folder>;
  let path: string;
  let log: LogBook;
  let database: Database;
  beforeEach(async () => {
    files = folder({});
    path = files.file('ledger.db');
    log = createLogBook();
    database = createDatabase(`sqlite:${path}`, { now: Date.now, leaseMs: 30_000, log });
    await write('first');
  });
  afterEach(async () => {
    await database.close();
    files.remove();
  });

  let version = 100;
  const write = async (name: string): Promise<void> => {
    const { db } = await database.ready();
    await db.insertInto('sentry_monitor_schema').values({ version: ++version, name, breaking: 0 }).execute();
  };
  const said = (): unknown[] =>
    log.lines.filter(({ text }) => text === 'ledger is lost').map(({ fields }) => fields['error']);
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

  const cases: readonly (readonly [string, string, () => void | Promise<void>])[] = [
    ['deleted', 'its file was deleted', () => fs.rmSync(path)],
    [
      'replaced by an older copy',
      'its file was replaced by another file',
      async () => {
        fs.copyFileSync(path, files.file('old.db'));
        await write('second');
        fs.renameSync(files.file('old.db'), path);
      },
    ],
    [
      'overwritten by a copy that was made before it was opened',
      'its file was overwritten by an older copy',
      async () => {
        await database.close();
        fs.copyFileSync(path, files.file('old.db'));
        database = createDatabase(`sqlite:${path}`, { now: Date.now, leaseMs: 30_000, log });
        await database.ready();
        fs.copyFileSync(files.file('old.db'), path);
      },
    ],
    [
      'overwritten by a copy that was made while it was in use',
      'its file was overwritten by an older copy',
      async () => {
        fs.copyFileSync(path, files.file('old.db'));
        await write('second');
        await pause(7_000);
        fs.copyFileSync(files.file('old.db'), path);
      },
    ],
    [
      'overwritten by something else',
      'its file was overwritten by an older copy',
      () => fs.writeFileSync(path, 'no database'),
    ],
  ];
  for (const [how, what, act] of cases) {
    it(`${how}: that is said within ten seconds, and nothing is read or written any more`, async () => {
      await act();
      await until('it is said', () => said().length > 0);
      const error = `${what} under this server; ${TO_DO}`;
      assert.deepEqual(said(), [error]);
      await assert.rejects(write('lost'), { name: 'LedgerRefused', message: error });
    });
  }

  it('is not said of a file that others use as well', async () => {
    const other = createDatabase(`sqlite:${path}`, { now: Date.now, leaseMs: 30_000, log });
    for (let n = 0; n < 8; n++) {
      await write(`own ${n}`);
      await (
        await other.ready()
      ).db
        .updateTable('sentry_monitor_schema')
        .set({ name: 'empty' })
        .where('version', '=', 0)
        .execute();
      await pause(1_000);
    }
    await other.close();
    await pause(4_000);
    assert.deepEqual(said(), []);
    await write('last');
  });
});
