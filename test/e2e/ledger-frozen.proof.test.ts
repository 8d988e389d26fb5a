import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { arrived, expected, fill, lastEnds, postEnd, same } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import type { FilterSpec, Posted } from '../support/e2e/service.ts';
import { freshDatabase, type TestDatabase } from '../support/ledger/postgres.ts';

const PROJECTS = ['p-0', 'p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-6', 'p-7'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project, n) => ({ name: `f-${n}`, projects: [project] }));
const SLOW_MS = 3000;

/** One letter, as the kernel has it after the process's name, which may hold anything. */
function stateOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)![0];
}

describe('a server that freezes past its leases, and wakes', () => {
  let sandbox: RemoteSandbox;
  let database: TestDatabase;
  let end: number;

  beforeEach(async () => {
    sandbox = await startRemoteSandbox();
    database = await freshDatabase();
    [end] = lastEnds(1) as [number];
    await fill(sandbox, PROJECTS, [end]);
  });
  afterEach(async () => {
    await endProcesses();
    await database.drop();
  });

  const serve = (): Promise<RemoteService> =>
    startRemoteService(sandbox, FILTERS, { LEDGER_URL: database.url, LEASE_SECONDS: '1', SINKS: 'anodot' });
  const rows = (): Promise<Record<string, unknown>[]> =>
    database.query('select * from sentry_monitor_claims order by claim');
  const wanted = (): ReadonlyMap<string, readonly number[]> => expected(FILTERS, PROJECTS, [end], ['anodot']);

  /** Its claims while it stands still, and its answer after it woke to find that another server had done them. */
  async function freezeWhen(
    vendor: string,
    slow: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly answer: Posted; readonly held: number }> {
    const [one, two] = [await serve(), await serve()];
    await sandbox.command('faults', { vendor, kind: 'slow', ms: SLOW_MS, ...slow });
    const late = postEnd(one, end);
    await until(`${vendor} keeps it waiting`, async () =>
      (await sandbox.requests()).requests.some(({ fault }) => fault === 'slow'),
    );
    one.child.kill('SIGSTOP');
    await until('it stands still', () => stateOf(one.child.pid!) === 'T');
    const { requests } = await sandbox.requests();
    assert.deepEqual(
      requests.filter(({ fault }) => fault === 'slow').map((it) => [it.vendor, it.status]),
      [[vendor, null]],
      'it was not answered yet',
    );
    const before = await rows();
    const held = before.filter(({ done, lease_until }) => done === 0 && Number(lease_until) > 0);
    await until('the other one is through', async () => (await postEnd(two, end)).status === 200);
    const after = await rows();
    assert.ok(after.every(({ done }) => done === 1));
    for (const { claim, token } of held)
      assert.notEqual(after.find((it) => it['claim'] === claim)?.['token'], token, 'it was taken over');
    const found = await arrived(sandbox);
    await until('the late answer waits for it', async () =>
      (await sandbox.requests()).requests.every(({ status }) => status !== null),
    );
    one.child.kill('SIGCONT');
    const answer = await late;
    assert.deepEqual(await rows(), after, 'it settled nothing');
    assert.deepEqual(await arrived(sandbox), found, 'it sent nothing');
    return { answer, held: held.length };
  }

  function assertElsewhere({ status, body }: Posted): void {
    const said = body.reports.map((report: Json) => String(report.sinks.anodot.status)) as string[];
    assert.equal(said.length, FILTERS.length);
    assert.equal(said.filter((it) => !['sent before', 'in hand elsewhere'].includes(it)).length, 0, said.join());
    assert.ok([200, 202].includes(status), String(status));
  }

  it('while it reads: the other one does all of it, and each report arrives once', async () => {
    const { answer, held } = await freezeWhen('sentry', { endpoint: 'events-table', match: 'start=' });
    assert.ok(held > 0, 'it held claims');
    assertElsewhere(answer);
    same(await arrived(sandbox), wanted());
  });

  it('while it sends: only what it had put on the wire arrives twice, the same bytes', async () => {
    const { answer, held } = await freezeWhen('anodot', {});
    const { raw } = (await sandbox.received()).anodot;
    const wire = raw.filter(({ fault }) => fault === 'slow').flatMap(({ body }) => JSON.parse(body) as Json[]);
    const names = new Set(
      wire.map((it) => `anodot ${String(it.properties.filter)} ${new Date(end - 300_000).toISOString()}`),
    );
    assert.ok(names.size > 0 && held >= names.size, `${held} held, ${names.size} on the wire`);
    assertElsewhere(answer);
    same(
      await arrived(sandbox),
      new Map([...wanted()].map(([name, values]) => [name, names.has(name) ? [...values, ...values] : values])),
    );
    const samples = raw.flatMap(({ body }) => (JSON.parse(body) as unknown[]).map((it) => JSON.stringify(it)));
    for (const it of wire) assert.equal(samples.filter((text) => text === JSON.stringify(it)).length, 2);
  });
});
