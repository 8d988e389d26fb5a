import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { arrived, expected, fill, lastEnds, postEnd, same } from '../support/ledger/windows.ts';
import { endProcesses, startProcess } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { type FilterSpec, settingsFor } from '../support/e2e/service.ts';
import { freshDatabase, type TestDatabase } from '../support/ledger/postgres.ts';
import { startProxy } from '../support/ledger/tcp-proxy.ts';

const PROJECTS = ['p-0', 'p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6', 'p-7'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project, n) => ({ name: `f-${n}`, projects: [project] }));
const SINKS = ['newrelic', 'anodot'];

describe('servers with one PostgreSQL', function () {
  this.timeout(240_000);
  let sandbox: RemoteSandbox;
  let database: TestDatabase;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    database = await freshDatabase();
  });
  afterEach(async () => {
    await endProcesses();
    await database.drop();
  });

  const serve = (filters = FILTERS, env: Record<string, string> = {}): Promise<RemoteService> =>
    startRemoteService(sandbox, filters, { LEDGER_URL: database.url, ...env });
  const statuses = (answers: readonly { body: Json }[]): string[] =>
    answers.flatMap(({ body }) =>
      body.reports.flatMap((report: Json) => Object.values<Json>(report.sinks).map(({ status }) => status as string)),
    );

  /** The requests for a filter's rows, which are never shared: project and window of each. */
  const rowsRead = ({ requests }: Awaited<ReturnType<RemoteSandbox['requests']>>): string[] =>
    requests
      .filter(
        ({ endpoint, status, query }) =>
          endpoint === 'events-table' &&
          status === 200 &&
          ['issue.id', 'count_unique(user)'].every((field) =>
            query.some(([key, value]) => key === 'field' && value === field),
          ),
      )
      .map(({ query }) => ['project', 'start'].map((name) => query.find(([key]) => key === name)?.[1]).join(' '));

  it('three servers, 12 windows, 8 filters, all posted at once: each report arrives once, each server did some', async () => {
    const ends = lastEnds(12);
    await fill(sandbox, PROJECTS, ends);
    const servers = await Promise.all([1, 2, 3].map(() => serve()));
    const answers = await Promise.all(servers.map((server) => Promise.all(ends.map((end) => postEnd(server, end)))));
    for (const { status, body } of answers.flat()) assert.ok([200, 202].includes(status), JSON.stringify(body));
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, ends, SINKS));
    const shares = answers.map((some) => statuses(some).filter((status) => status === 'sent').length);
    assert.equal(
      shares.reduce((sum, share) => sum + share, 0),
      12 * 8 * 2,
    );
    for (const share of shares) assert.ok(share > 0, `each did some: ${shares.join()}`);
    const read = rowsRead(await sandbox.requests());
    assert.deepEqual(
      [read.length, new Set(read).size],
      [12 * 8, 12 * 8],
      'the issues of each project and window were read once',
    );
  });

  it('twenty servers start at once on an empty database', async () => {
    const filters = folder({ 'filters.yaml': JSON.stringify({ filters: FILTERS.slice(0, 1) }) });
    await fill(sandbox, PROJECTS, lastEnds(1));
    const env = { ...settingsFor(sandbox), FILTERS: filters.file('filters.yaml'), PORT: '0', LEDGER_URL: database.url };
    const all = Array.from({ length: 20 }, () => startProcess(['src/main.ts'], env));
    await until('all listen', () => all.every((it) => it.out().includes('"listening"')), 200_000);
    assert.deepEqual(await database.query('select version from sentry_monitor_schema order by version'), [
      { version: 0 },
      { version: 1 },
      { version: 2 },
      { version: 3 },
      { version: 4 },
      { version: 5 },
      { version: 6 },
      { version: 7 },
      { version: 8 },
      { version: 9 },
      { version: 10 },
      { version: 11 },
      { version: 12 },
      { version: 13 },
      { version: 14 },
      { version: 15 },
      { version: 16 },
      { version: 17 },
      { version: 18 },
      { version: 19 },
      { version: 20 },
      { version: 21 },
      { version: 22 },
    ]);
    assert.ok(all.every((it) => it.err() === '' && !it.out().includes('ledger cannot be reached')));
    filters.remove();
  });

  it('a server that is older than the tables does not start, and says what to do', async () => {
    await serve(FILTERS.slice(0, 1));
    await database.query("insert into sentry_monitor_schema (version, name, breaking) values (99, 'later', 1)");
    await assert.rejects(serve(FILTERS.slice(0, 1)), (error: Error) => {
      assert.match(
        error.message,
        /sentry-monitor cannot start:\n {2}LEDGER_URL: \S+: the ledger's tables have version 99 \(later\), this program knows \d+; update sentry-monitor on this server, or give it another LEDGER_URL/,
      );
      assert.ok(!error.message.includes('password'));
      return true;
    });
  });

  it('the database goes away and comes back: served as LEDGER_ON_ERROR says, nothing crashes, nothing is sent twice', async () => {
    const [first, second] = lastEnds(2) as [number, number];
    await fill(sandbox, PROJECTS, [first, second]);
    const proxy = await startProxy(database.port);
    const [server, stopping] = await Promise.all([
      serve(FILTERS, { LEDGER_URL: database.at(proxy.port) }),
      serve(FILTERS, { LEDGER_URL: database.at(proxy.port), LEDGER_ON_ERROR: 'stop' }),
    ]);
    const ready = async ({ url }: RemoteService): Promise<string> => {
      const response = await fetch(`${url}/readyz`, { headers: { connection: 'close' } });
      const body = (await response.json()) as { status: unknown };
      return `${response.status} ${String(body.status)}`;
    };
    assert.deepEqual([await ready(server), await ready(stopping)], ['200 ready', '200 ready']);
    proxy.sever();
    assert.deepEqual([await ready(server), await ready(stopping)], ['200 degraded', '503 503']);
    const [safe, stopped] = [await postEnd(server, first), await postEnd(stopping, first)];
    assert.deepEqual([safe.status, stopped.status, stopped.headers.get('sentry-monitor-sent')], [502, 503, 'none']);
    assert.deepEqual(safe.body.reports[0].sinks.newrelic.unledgered, true);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [first], ['newrelic']));
    proxy.restore();
    await until(
      'it is back',
      async () => (await ready(server)) === '200 ready' && (await ready(stopping)) === '200 ready',
    );
    await until('the rest is served', async () => (await postEnd(server, first)).status === 200);
    assert.equal((await postEnd(stopping, first)).status, 200);
    assert.equal((await postEnd(stopping, second)).status, 200);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [first, second], SINKS));
    await proxy.close();
  });
});
