import assert from 'node:assert/strict';
import type { FilterSpec } from '../support/e2e/service.ts';
import { holdLock } from '../support/ledger/lock-holder.ts';
import { type TestDatabase, freshDatabase } from '../support/ledger/postgres.ts';
import { arrived, expected, fill, lastEnds, postEnd, same } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until } from '../support/time/until.ts';

const PROJECTS = ['p-0', 'p-1'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project, n) => ({ name: `f-${n}`, projects: [project] }));

async function get({ url }: RemoteService, path: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${url}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text() };
}

const ready = async (service: RemoteService): Promise<string> => {
  const { status, text } = await get(service, '/readyz');
  return `${status} ${String((JSON.parse(text) as { status: unknown }).status)}`;
};

describe('a ledger that takes no write', () => {
  let sandbox: RemoteSandbox;
  let end: number;
  let files: ReturnType<typeof folder>;
  beforeEach(async () => {
    files = folder({});
    sandbox = await startRemoteSandbox();
    [end] = lastEnds(1) as [number];
    await fill(sandbox, PROJECTS, [end]);
  });
  afterEach(async () => {
    await endProcesses();
    files.remove();
  });

  /** How often `healthz` answered while this went on. */
  async function healthDuring(service: RemoteService, work: Promise<unknown>): Promise<number> {
    let [isOver, count] = [false, -1];
    void work.finally(() => (isOver = true));
    for (; !isOver; count++) {
      assert.equal((await get(service, '/healthz')).status, 200);
      await new Promise((done) => setTimeout(done, 20));
    }
    return count;
  }

  it('SQLite, locked by another process: healthz answers, readyz and the page say it, and the rest is sent when it is free', async () => {
    const path = files.file('ledger.db');
    const service = await startRemoteService(sandbox, FILTERS, { LEDGER_URL: `sqlite:${path}` });
    assert.equal(await ready(service), '200 ready');
    const holder = await holdLock(path);
    const posting = postEnd(service, end);
    // It waits five seconds for the lock: who is held up by that answers once at most.
    const answered = await healthDuring(service, posting);
    const { status, body } = await posting;
    assert.ok(answered > 3, `${answered} answers`);
    assert.equal(status, 502);
    const error = 'not sent: the ledger is locked by another process: database is locked (LEDGER_ON_ERROR)';
    assert.deepEqual(
      body.reports.map(({ sinks }: { sinks: Record<string, Record<string, unknown>> }) => [
        sinks['newrelic']!['unledgered'],
        sinks['anodot']!['error'],
      ]),
      [
        [true, error],
        [true, error],
      ],
    );
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [end], ['newrelic']));
    assert.equal(await ready(service), '200 degraded');
    assert.match(
      (await get(service, '/')).text,
      /Nothing can be written: the ledger is locked by another process: database is locked\./,
    );
    await holder.release();
    await until('it is ready again', async () => (await ready(service)) === '200 ready');
    await until('the page is right', async () => !(await get(service, '/')).text.includes('Nothing can be written'));
    await until('the rest is served', async () => (await postEnd(service, end)).status === 200);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [end], ['newrelic', 'anodot']));
  });

  it('PostgreSQL, read-only as a standby is: readyz is degraded, or 503 with the policy stop, and the page says it', async () => {
    const database: TestDatabase = await freshDatabase();
    const [server, stopping] = await Promise.all([
      startRemoteService(sandbox, FILTERS, { LEDGER_URL: database.url }),
      startRemoteService(sandbox, FILTERS, { LEDGER_URL: database.url, LEDGER_ON_ERROR: 'stop' }),
    ]);
    assert.deepEqual([await ready(server), await ready(stopping)], ['200 ready', '200 ready']);
    const name = new URL(database.url).pathname.slice(1);
    await database.query(`alter database "${name}" set default_transaction_read_only = on`);
    await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    assert.deepEqual([(await postEnd(server, end)).status, (await postEnd(stopping, end)).status], [502, 503]);
    await until(
      'both say so',
      async () => `${await ready(server)} ${await ready(stopping)}` === '200 degraded 503 503',
    );
    assert.match(
      (await get(server, '/')).text,
      /Nothing can be written: the ledger can only be read, this PostgreSQL is a standby/,
    );
    await database.query('set default_transaction_read_only = off');
    await database.query(`alter database "${name}" reset default_transaction_read_only`);
    await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await until(
      'both are ready',
      async () => `${await ready(server)} ${await ready(stopping)}` === '200 ready 200 ready',
    );
    await until('it is sent', async () => (await postEnd(server, end)).status === 200);
    await endProcesses();
    await database.drop();
  });
});
