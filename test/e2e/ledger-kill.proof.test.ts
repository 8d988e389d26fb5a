import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import { arrived, expected, fill, killHard, lastEnds, postEnd, same } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { freshDatabase, type TestDatabase } from '../support/ledger/postgres.ts';
import { type Proxy, startProxy } from '../support/ledger/tcp-proxy.ts';

const PROJECTS = ['p-0', 'p-1', 'p-2'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project, n) => ({ name: `f-${n}`, projects: [project] }));

describe('a server that dies, and another that takes over', () => {
  let sandbox: RemoteSandbox;
  let database: TestDatabase;
  let proxy: Proxy;
  let end: number;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    database = await freshDatabase();
    proxy = await startProxy(database.port);
    [end] = lastEnds(1) as [number];
    await fill(sandbox, PROJECTS, [end]);
  });
  afterEach(async () => {
    await endProcesses();
    await proxy.close();
    await database.drop();
  });

  const serve = (port: number): Promise<RemoteService> =>
    startRemoteService(sandbox, FILTERS, { LEDGER_URL: database.at(port), LEASE_SECONDS: '1', SINKS: 'anodot' });

  /** Posts to one, kills it when `hit` says so, and posts to another until that has nothing left to do. */
  async function killWhen(what: string, hit: () => boolean | Promise<boolean>): Promise<readonly number[]> {
    const [one, two] = [await serve(proxy.port), await serve(database.port)];
    const lost = postEnd(one, end).catch(() => null);
    await until(what, hit);
    await killHard(one);
    assert.equal(await lost, null, 'it never answered');
    const answers: number[] = [];
    await until(
      'the other one is through',
      async () => answers.push((await postEnd(two, end)).status) > 0 && answers.at(-1) === 200,
    );
    return answers;
  }

  const once = async (): Promise<void> => same(await arrived(sandbox), expected(FILTERS, PROJECTS, [end], ['anodot']));
  const tables = async (): Promise<number> =>
    (await sandbox.requests()).requests.filter(
      ({ endpoint, query }) => endpoint === 'events-table' && query.some(([key]) => key === 'start'),
    ).length;

  it('before the claim: the other does all of it at once', async () => {
    proxy.holdAt('insert into "sentry_monitor_claims"');
    assert.deepEqual(await killWhen('it is about to claim', proxy.held), [200]);
    await once();
  });

  it('after the claim, before the reading: the other waits for the lease', async () => {
    await sandbox.command('faults', {
      vendor: 'sentry',
      endpoint: 'events-table',
      kind: 'hang',
      match: 'start=',
      times: 1,
    });
    const answers = await killWhen('it reads', async () =>
      (await sandbox.requests()).requests.some(({ fault }) => fault === 'hang'),
    );
    assert.equal(answers[0], 202);
    await once();
  });

  it('when the report was kept, during the send: the other sends what was kept, without reading', async () => {
    await sandbox.command('faults', { vendor: 'anodot', kind: 'hang', times: 1, match: 'sentry_events' });
    let read = 0;
    await killWhen('it sends', async () => {
      read = await tables();
      return (await sandbox.received()).anodot.raw.some(({ fault }) => fault === 'hang');
    });
    assert.ok(read > 0);
    assert.equal(await tables(), read, 'nothing was read again');
    await once();
  });

  it('after the send, before the record: the one case of a duplicate, the same bytes', async () => {
    proxy.holdAt('"is_done"');
    await killWhen('it is about to record', proxy.held);
    const found = await arrived(sandbox);
    const wanted = expected(FILTERS, PROJECTS, [end], ['anodot']);
    assert.deepEqual([...found.keys()].toSorted(), [...wanted.keys()].toSorted());
    const twice = [...found.values()].filter((values) => values.length === 2);
    assert.ok(twice.length > 0, 'some did arrive twice');
    for (const [name, values] of found) assert.deepEqual([...new Set(values)], wanted.get(name), name);
    const { raw } = (await sandbox.received()).anodot;
    const samples = raw.flatMap(({ body }) => (JSON.parse(body) as unknown[]).map((it) => JSON.stringify(it)));
    assert.equal(new Set(samples).size, PROJECTS.length * 3);
  });
});
