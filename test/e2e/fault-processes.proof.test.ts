import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  fillTwoProjects,
  type RemoteSandbox,
  type RemoteService,
  startReadyService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { statusesIn, sumOfFates, summary } from '../support/e2e/receipts.ts';
import { canonical, sameRecords, taken } from '../support/e2e/received-records.ts';
import { type FilterSpec, postRun } from '../support/e2e/service.ts';
import { PROCESSES } from '../support/faults/doc-text.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'web', projects: ['web'] },
  { name: 'api', projects: ['api'] },
];
/** Of both filters: counts by filter and project, three issues. */
const EVENTS = 7;
const SAMPLES = [
  'sentry_events web 34',
  'sentry_issues web 2',
  'sentry_users web 1',
  'sentry_events api 11',
  'sentry_issues api 1',
  'sentry_users api 1',
];

describe('faults with real processes', () => {
  let sandbox: RemoteSandbox;
  let query: string;

  before(async () => {
    sandbox = await startRemoteSandbox();
  });
  after(() => endProcesses());

  beforeEach(async () => {
    await sandbox.command('reset', {});
    const end = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
    query = `?end=${new Date(end).toISOString()}`;
    await fillTwoProjects(sandbox, end);
  });

  const serve = (env?: Readonly<Record<string, string>>): Promise<RemoteService> =>
    startReadyService(sandbox, FILTERS, env);

  const fault = (fields: object): Promise<Json> => sandbox.command('faults', fields);

  async function met(kind: string): Promise<number> {
    return (await sandbox.requests()).requests.filter((it) => it.fault === kind).length;
  }

  /** How often Anodot has each sample. */
  async function assertSamples(times = 1): Promise<void> {
    const { samples } = taken(await sandbox.received());
    sameRecords(
      'samples',
      samples.map(({ properties, value }) => `${properties.what} ${properties.project} ${value}`),
      Array.from({ length: times }, () => SAMPLES).flat(),
    );
  }

  /** How often New Relic has each event. */
  async function assertEvents(times = 1): Promise<void> {
    const { events } = taken(await sandbox.received());
    assert.deepEqual([events.length, new Set(events.map(canonical)).size], [EVENTS * times, EVENTS]);
  }

  it('those of the list are there, in this file and the others', () => {
    for (const [title, file] of PROCESSES) {
      const lines = readFileSync(join(import.meta.dirname, `${file}.test.ts`), 'utf8')
        .split('\n')
        .map((line) => line.trimStart());
      assert.ok(
        lines.some((line) => line.startsWith(`it('${title}', `) || line.startsWith(`it(\`${title}\`, `)),
        `${file}: ${title}`,
      );
    }
  });

  it('SIGTERM while a sink takes its time: the run ends well, everything is delivered once, exit 0', async () => {
    const service = await serve();
    await fault({ vendor: 'anodot', kind: 'slow', ms: 1500 });
    const running = postRun(service.url, query);
    await until('Anodot is being sent to', async () => (await met('slow')) === 1);
    service.child.kill('SIGTERM');
    const answer = await running;
    assert.deepEqual([summary(answer), await service.end()], ['200 ok all', { code: 0, signal: null }]);
    assert.ok(service.log().some(({ msg }) => msg === 'shutting down'));
    await assertSamples();
    await assertEvents();
  });

  it('New Relic hangs to the deadline: 504, its events are uncertain, Anodot has all; a second post brings the rest', async () => {
    const service = await serve({ RUN_DEADLINE_SECONDS: '5' });
    await fault({ vendor: 'newrelic', endpoint: 'nr-events', kind: 'hang', times: 0 });
    const answer = await postRun(service.url, query);
    assert.deepEqual(
      [await met('hang'), summary(answer), sumOfFates('newrelic', answer), sumOfFates('anodot', answer)],
      [1, '504 partial some', [6, 0, EVENTS, 0], [6, 0, 0, 0]],
    );
    await sandbox.heal();
    const again = await postRun(service.url, query);
    assert.deepEqual(
      [summary(again), statusesIn(again).flatMap(({ newrelic, anodot }) => [newrelic, anodot])],
      ['200 ok all', ['sent', 'sent before', 'sent', 'sent before']],
    );
    await assertEvents();
    await assertSamples();
  });

  it('Anodot hangs to the deadline: 504, a counter is uncertain and never sent again, New Relic has all', async () => {
    const service = await serve({ RUN_DEADLINE_SECONDS: '5' });
    await fault({ vendor: 'anodot', kind: 'hang', times: 0 });
    const answer = await postRun(service.url, query);
    assert.deepEqual(
      [await met('hang'), summary(answer), sumOfFates('anodot', answer)],
      [1, '504 partial some', [0, 0, 6, 0]],
    );
    await sandbox.heal();
    const again = await postRun(service.url, `${query}&sink=anodot`);
    assert.deepEqual([summary(again), sumOfFates('anodot', again)], ['502 failed unknown', [0, 0, 6, 0]]);
    assert.deepEqual(taken(await sandbox.received()).samples, []);
    await assertEvents();
  });

  it('New Relic stored the events and the answer was lost: sent again, stored twice, accepted', async () => {
    const service = await serve();
    await fault({ vendor: 'newrelic', endpoint: 'nr-events', kind: 'stored-no-answer' });
    const answer = await postRun(service.url, query);
    assert.deepEqual(
      [await met('stored-no-answer'), summary(answer), sumOfFates('newrelic', answer)],
      [1, '200 ok all', [EVENTS + 6, 0, 0, 0]],
    );
    await assertEvents(2);
    await assertSamples();
  });

  it('Anodot stored the samples and the answer was lost: a counter is uncertain and not sent again', async () => {
    const service = await serve();
    await fault({ vendor: 'anodot', kind: 'stored-no-answer' });
    for (const again of [false, true]) {
      const answer = await postRun(service.url, query);
      assert.deepEqual(
        [await met('stored-no-answer'), summary(answer), sumOfFates('anodot', answer)],
        [1, '502 partial some', [0, 0, 6, 0]],
        String(again),
      );
    }
    await assertSamples();
    await assertEvents();
  });

  it('Anodot stored the samples and the answer was lost: a gauge is sent again', async () => {
    const service = await serve({ ANODOT_EVENTS_AS: 'gauge' });
    await fault({ vendor: 'anodot', kind: 'stored-no-answer' });
    const answer = await postRun(service.url, query);
    assert.deepEqual(
      [await met('stored-no-answer'), summary(answer), sumOfFates('anodot', answer)],
      [1, '200 ok all', [6, 0, 0, 0]],
    );
    await assertSamples(2);
  });

  it('Sentry and New Relic ask for two seconds each: nothing is asked sooner, and everything arrives', async () => {
    const service = await serve({ SENTRY_CONCURRENCY: '1' });
    await fault({ vendor: 'sentry', endpoint: 'events-table', kind: '429-rate', seconds: 2 });
    await fault({ vendor: 'newrelic', endpoint: 'nr-metrics', kind: '429-rate', seconds: 2 });
    const before = (await sandbox.requests()).requests.length;
    const answer = await postRun(service.url, query);
    const requests = (await sandbox.requests()).requests.slice(before);
    for (const endpoint of ['events-table', 'nr-metrics']) {
      const asked = requests.filter((it) => it.endpoint === endpoint);
      const told = asked.findIndex(({ status }) => status === 429);
      const until =
        endpoint === 'nr-metrics' ? asked[told]!.at + 2000 : (Math.floor(asked[told]!.at / 1000) + 2) * 1000;
      const next = asked[told + 1]!.at - until;
      // A clock of our own timers may be a millisecond off.
      assert.ok(next >= -5, `${endpoint}: asked ${next} ms after the time that was named`);
    }
    assert.deepEqual([await met('429-rate'), summary(answer)], [2, '200 ok all']);
    await assertEvents();
    await assertSamples();
  });

  it('a vendor that cannot be reached at all: tried four times, certainly not stored, the others are served', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const [sentry, newrelic, anodot] = await Promise.all(
      ['SENTRY_URL', 'NEW_RELIC_EVENT_URL', 'ANODOT_URL'].map(async (name) => {
        const service = await startRemoteService(sandbox, FILTERS, { SENTRY_SOURCE: 'table', [name]: nowhere });
        const answer = await postRun(service.url, query);
        const lines = service.log().filter(({ msg, run }) => msg === 'tried again' && run === answer.body.run);
        for (const { why } of lines) assert.match(String(why), /cannot connect \(ECONNREFUSED\)/);
        return { answer, retries: lines.map(({ requests, times }) => [requests, times]) };
      }),
    );
    assert.deepEqual([newrelic!.retries, anodot!.retries], [[[1, 3]], [[1, 3]]]);
    assert.deepEqual(
      [summary(sentry!.answer), summary(newrelic!.answer), summary(anodot!.answer)],
      ['503 failed none', '502 partial some', '502 partial some'],
    );
    for (const { error } of sentry!.answer.body.reports)
      assert.match(error as string, /cannot connect \(ECONNREFUSED\)/);
    assert.deepEqual(
      [sumOfFates('newrelic', newrelic!.answer), sumOfFates('anodot', newrelic!.answer)],
      [
        [6, 0, 0, EVENTS],
        [6, 0, 0, 0],
      ],
    );
    assert.deepEqual(
      [sumOfFates('newrelic', anodot!.answer), sumOfFates('anodot', anodot!.answer)],
      [
        [EVENTS + 6, 0, 0, 0],
        [0, 0, 0, 6],
      ],
    );
    await assertEvents();
    await assertSamples();
  });
});
