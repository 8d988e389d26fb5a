import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { arrived, expected, fill, killHard, lastEnds, postEnd, same } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { type FilterSpec, type Posted, postRun } from '../support/e2e/service.ts';
import { freshDatabase, type TestDatabase } from '../support/ledger/postgres.ts';
import { type Proxy, startProxy } from '../support/ledger/tcp-proxy.ts';

const PROJECTS = ['p-0', 'p-1', 'p-2', 'p-3'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project, n) => ({ name: `f-${n}`, projects: [project] }));
const SINKS = ['newrelic', 'anodot'];

describe('clocks apart, a database cut, a file of one server', () => {
  let sandbox: RemoteSandbox;
  let database: TestDatabase;
  let proxy: Proxy | undefined;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    database = await freshDatabase();
  });
  afterEach(async () => {
    await endProcesses();
    await proxy?.close();
    proxy = undefined;
    await database.drop();
  });

  const statuses = ({ body }: Posted): string[] =>
    body.reports.flatMap((report: Json) => Object.values<Json>(report.sinks).map(({ status }) => status as string));
  const serve = (env: Record<string, string>): Promise<RemoteService> => startRemoteService(sandbox, FILTERS, env);

  it('clocks 3 s ahead and 3 s behind, posted with the same instants: the same windows, each report once', async () => {
    const ends = lastEnds(4);
    await fill(sandbox, PROJECTS, ends);
    const [ahead, behind] = (await Promise.all(
      [3000, -3000].map((ms) =>
        serve({
          LEDGER_URL: database.url,
          LEASE_SECONDS: '1',
          NODE_OPTIONS: `--import=data:text/javascript,const%20now=Date.now;Date.now=()=>now()%2B${ms}`,
        }),
      ),
    )) as [RemoteService, RemoteService];
    const before = Date.now();
    const apart = (server: RemoteService): number =>
      Date.parse(String(server.log().find(({ msg }) => msg === 'listening')?.['time'])) - before;
    assert.ok(apart(ahead) - apart(behind) > 3000, `${apart(ahead)} and ${apart(behind)}: the clocks are apart`);
    const instants = ends.map((end) => Math.floor(end / 1000) + 121);
    const answers = await Promise.all(
      [ahead, behind].flatMap((server) => instants.map((at) => postRun(server.url, `?at=${at}`))),
    );
    for (const { status, text } of answers) assert.ok([200, 202].includes(status), text);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, ends, SINKS));
    assert.equal(answers.flatMap(statuses).filter((it) => it === 'sent').length, ends.length * FILTERS.length * 2);
  });

  it('the database is cut off while a send is under way, and comes back: nothing is lost, and nothing doubled for the counter', async () => {
    const [end] = lastEnds(1) as [number];
    await fill(sandbox, PROJECTS, [end]);
    proxy = await startProxy(database.port);
    const server = await serve({ LEDGER_URL: database.at(proxy.port), LEASE_SECONDS: '2' });
    await sandbox.command('faults', { vendor: 'anodot', kind: 'slow', ms: 3000 });
    const answer = postEnd(server, end);
    const held = async (): Promise<boolean> =>
      (await sandbox.requests()).requests.some(({ fault, status }) => fault === 'slow' && status === null);
    await until('it sends to the counter', held);
    proxy.sever();
    assert.ok(await held(), 'cut before the answer');
    const { text } = await answer.catch((error: unknown) => {
      throw new Error(`${String(error)} ${server.err()} ${String(server.child.exitCode)} ${server.out()}`);
    });
    assert.ok(text.includes('"unledgered":true'), text);
    assert.ok(
      (await database.query('select claim from sentry_monitor_claims where done = 0')).length > 0,
      'the ledger does not know all',
    );
    proxy.restore();
    const open = async (): Promise<number> =>
      (await database.query('select claim from sentry_monitor_claims where done = 0')).length;
    await until(
      'it is through, and the ledger was told',
      async () => (await postEnd(server, end)).status === 200 && (await open()) === 0,
    );
    const [found, wanted] = [await arrived(sandbox), expected(FILTERS, PROJECTS, [end], SINKS)];
    assert.deepEqual([...found.keys()].toSorted(), [...wanted.keys()].toSorted());
    for (const [name, values] of found)
      assert.deepEqual(name.startsWith('anodot') ? values : [...new Set(values)], wanted.get(name), name);
  });

  it('a connection breaks while a statement of a transaction is under way: the server lives, and the next post does what is left', async () => {
    const [end] = lastEnds(1) as [number];
    await fill(sandbox, PROJECTS, [end]);
    proxy = await startProxy(database.port);
    const server = await serve({ LEDGER_URL: database.at(proxy.port) });
    // Of the statements with this column only the one that keeps what was read has items in it.
    // It is the first in its transaction.
    proxy.cutAt('"content" text');
    const cut = await postEnd(server, end);
    assert.deepEqual([cut.status, [...new Set(statuses(cut))].toSorted()], [502, ['failed', 'sent']]);
    assert.equal(proxy.cuts(), 1);
    assert.deepEqual([server.child.exitCode, server.child.signalCode, server.err()], [null, null, '']);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [end], ['newrelic']));
    await until('it is through', async () => (await postEnd(server, end)).status === 200);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [end], SINKS));
  });

  it('SQLite: killed and started again, it knows what was sent', async () => {
    const files = folder({});
    const [end] = lastEnds(1) as [number];
    await fill(sandbox, PROJECTS, [end]);
    const env = { LEDGER_URL: `sqlite:${files.file('ledger.db')}`, LEASE_SECONDS: '1' };
    const first = await serve(env);
    const sent = await postEnd(first, end);
    assert.deepEqual([sent.status, [...new Set(statuses(sent))]], [200, ['sent']]);
    await killHard(first);
    const again = await postEnd(await serve(env), end);
    assert.deepEqual([again.status, [...new Set(statuses(again))]], [200, ['sent before']]);
    same(await arrived(sandbox), expected(FILTERS, PROJECTS, [end], SINKS));
    files.remove();
  });
});
