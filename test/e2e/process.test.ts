import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  fillTwoProjects,
  type RemoteSandbox,
  type RemoteService,
  startReadyService,
  startRemoteSandbox,
} from '../support/process/services.ts';
import { canonical, sameRecords, taken } from '../support/e2e/received-records.ts';
import { type FilterSpec, postRun } from '../support/e2e/service.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'web', projects: ['web'] },
  { name: 'api', projects: ['api'] },
];
const WEB_ID = '4501000000000001';

describe('the service as a process', () => {
  let sandbox: RemoteSandbox;
  /** The window of all runs: settled by the real clock, whenever the tests run. */
  let query: string;

  before(async () => {
    sandbox = await startRemoteSandbox();
  });
  after(() => endProcesses());

  beforeEach(async () => {
    await sandbox.command('reset', {});
    const now = Date.now();
    const end = Math.floor((now - 120_000) / 300_000) * 300_000;
    query = `?at=${Math.floor(now / 1000)}`;
    await fillTwoProjects(sandbox, end);
  });

  const serve = (env?: Readonly<Record<string, string>>): Promise<RemoteService> =>
    startReadyService(sandbox, FILTERS, env);

  async function fault(fields: object): Promise<void> {
    await sandbox.command('faults', fields);
  }

  async function met(kind: string): Promise<void> {
    await until(`a request meets ${kind}`, async () =>
      (await sandbox.requests()).requests.some((it) => it.fault === kind),
    );
  }

  it('SIGTERM and SIGINT while idle: exit 0, with the last words in the log', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const service = await serve();
      assert.equal(service.child.kill(signal), true);
      assert.deepEqual(await service.end(), { code: 0, signal: null });
      assert.deepEqual(
        service
          .log()
          .map(({ msg }) => msg as string)
          .slice(-2),
        ['shutting down', 'stopped'],
      );
      assert.equal(service.err(), '');
    }
  });

  it('SIGTERM during a run: the run ends well, new posts get 503, exit 0', async () => {
    const service = await serve();
    await fault({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 1500 });
    const running = postRun(service.url, query);
    await met('slow');
    service.child.kill('SIGTERM');
    await until('it is told to end', () => service.log().some(({ msg }) => msg === 'shutting down'));
    const refused = await postRun(service.url, query);
    assert.deepEqual(
      [refused.status, refused.headers.get('sentry-monitor-sent'), refused.headers.get('content-type')],
      [503, 'none', 'application/problem+json; charset=utf-8'],
    );
    assert.match(refused.body.detail as string, /shutting down/);
    const ready = await fetch(`${service.url}/readyz`, { headers: { connection: 'close' } });
    assert.equal(ready.status, 503);
    const answer = await running;
    assert.deepEqual([answer.status, answer.headers.get('sentry-monitor-sent')], [200, 'all']);
    assert.deepEqual(
      answer.body.reports.map(({ totals }: Json) => totals[0].events),
      [34, 11],
    );
    assert.deepEqual(await service.end(), { code: 0, signal: null });
    assert.equal(taken(await sandbox.received()).runEvents.length, 1, 'also the run event went out');
  });

  it('SIGTERM during a run that does not end: aborted after SHUTDOWN_SECONDS, answered, exit 0', async () => {
    const service = await serve({ SHUTDOWN_SECONDS: '1' });
    await fault({ vendor: 'sentry', endpoint: 'events-table', kind: 'hang', times: 0 });
    const running = postRun(service.url, query);
    await met('hang');
    service.child.kill('SIGTERM');
    const answer = await running;
    assert.deepEqual(
      [answer.status, answer.headers.get('sentry-monitor-sent'), answer.body.status],
      [503, 'none', 'failed'],
    );
    assert.equal(answer.body.reports.length, 2);
    assert.deepEqual(await service.end(), { code: 0, signal: null });
  });

  it('the deadline passes while Sentry hangs: 504, the body says what was done', async () => {
    // Longer than the 2 s that the other filter waits for company when it asks for its details.
    const service = await serve({ RUN_DEADLINE_SECONDS: '4' });
    await fault({ vendor: 'sentry', endpoint: 'events-table', kind: 'hang', match: `project=${WEB_ID}`, times: 0 });
    const answer = await postRun(service.url, query);
    await met('hang');
    assert.deepEqual(
      [answer.status, answer.body.status, answer.headers.get('sentry-monitor-sent')],
      [504, 'partial', 'some'],
    );
    const [web, api] = answer.body.reports;
    assert.match(web.error as string, /before the run ended|deadline/);
    assert.deepEqual([web.complete, web.sinks], [false, {}]);
    assert.deepEqual([api.totals[0].events, api.sinks.newrelic.status, api.sinks.anodot.status], [11, 'sent', 'sent']);
    assert.ok(answer.body.durationMs >= 4000 && answer.body.durationMs < 9000, `${answer.body.durationMs} ms`);
    await sandbox.heal();
    const again = await postRun(service.url, query);
    assert.equal(again.status, 200);
    assert.deepEqual(
      again.body.reports.map(({ sinks }: Json) => sinks.anodot.status),
      ['sent', 'sent before'],
    );
    const counters = taken(await sandbox.received())
      .samples.filter(({ properties }) => properties.what === 'sentry_events')
      .map(({ value }) => value as number);
    assert.deepEqual(counters.sort(), [11, 34]);
  });

  it('all of Sentry hangs until the deadline: 504, nothing sent', async () => {
    const service = await serve({ RUN_DEADLINE_SECONDS: '1' });
    await fault({ vendor: 'sentry', kind: 'hang', times: 0 });
    const { status, body, headers } = await postRun(service.url, query);
    assert.deepEqual(
      [status, body.status, headers.get('sentry-monitor-sent'), body.reports.length],
      [504, 'failed', 'none', 2],
    );
  });

  it('restarted in between, it sends the same records again, to the byte', async () => {
    const wires: string[][] = [];
    for (const round of [0, 1]) {
      const before = round === 0 ? 0 : (await sandbox.received()).newrelic.events.length;
      const service = await serve();
      assert.equal((await postRun(service.url, query)).status, 200);
      service.child.kill(round === 0 ? 'SIGKILL' : 'SIGTERM');
      assert.deepEqual(
        await service.end(),
        round === 0 ? { code: null, signal: 'SIGKILL' } : { code: 0, signal: null },
      );
      const { newrelic } = await sandbox.received();
      wires.push(
        newrelic.events
          .slice(before)
          .map(({ record }) => record)
          .filter((it) => it['eventType'] === 'SentryMonitoring')
          .map((it) => JSON.stringify(it))
          .sort(),
      );
    }
    assert.equal(wires[0]!.length, 2 + 2 + 3);
    assert.deepEqual(wires[1], wires[0]);
  });

  it('killed in the middle of sending, then started anew: New Relic and Anodot have each record, with true numbers', async () => {
    const first = await serve();
    await fault({ vendor: 'anodot', kind: 'hang' });
    const cut = postRun(first.url, query).then(
      () => 'answered',
      () => 'cut',
    );
    await met('hang');
    await until('New Relic has its events', async () => taken(await sandbox.received()).events.length === 7);
    first.child.kill('SIGKILL');
    assert.deepEqual(await first.end(), { code: null, signal: 'SIGKILL' });
    assert.equal(await cut, 'cut');
    const second = await serve();
    const answer = await postRun(second.url, query);
    assert.equal(answer.status, 200);
    const got = taken(await sandbox.received());
    assert.equal(got.events.length, 14, 'New Relic has all of them twice');
    assert.equal(new Set(got.events.map(canonical)).size, 7, 'and they are the same');
    sameRecords(
      'Anodot',
      got.samples.map(({ properties, value }) => `${properties.what} ${properties.project} ${value}`),
      [
        'sentry_events web 34',
        'sentry_issues web 2',
        'sentry_users web 1',
        'sentry_events api 11',
        'sentry_issues api 1',
        'sentry_users api 1',
      ],
    );
  });
});
