import assert from 'node:assert/strict';
import {
  booked,
  type CatchUpBench,
  due,
  isoOfWindow,
  openCatchUpBench,
  range,
  startOf,
} from '../support/catch-up/bench.ts';
import { sentryRequests } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const PROJECTS = ['web', 'api', 'job'];
const FILTERS: readonly FilterSpec[] = PROJECTS.map((project) => ({ name: `f-${project}`, projects: [project] }));

describe('POST /run?start=&end=', () => {
  let bench: CatchUpBench;
  beforeEach(async () => {
    bench = await openCatchUpBench();
    bench.fill(PROJECTS, 0, 12);
    bench.at(11);
  });
  afterEach(() => bench.close());

  const span = (from: number, to: number, more = ''): string =>
    `?start=${isoOfWindow(from)}&end=${isoOfWindow(to)}${more}`;

  it('delivers what is missing in between, before the first recorded window too, each once; the second time there is nothing to do', async () => {
    const service = await bench.serve(FILTERS);
    for (const window of [3, 5]) await service.post(`?end=${isoOfWindow(window + 1)}`);
    const { status, headers, body } = await service.post(span(2, 8));
    assert.deepEqual(
      [status, headers.get('Sentry-Monitor-Sent'), body.status, body.debug, body.range],
      [200, 'all', 'ok', false, { start: isoOfWindow(2), end: isoOfWindow(8) }],
    );
    const { windows, behind, tooOld, inHandElsewhere, stopped } = body.catchUp;
    assert.deepEqual([behind, tooOld, inHandElsewhere, stopped], [0, [], 0, undefined]);
    assert.deepEqual(
      windows,
      [2, 4, 6, 7].map((window) => ({
        start: isoOfWindow(window),
        end: isoOfWindow(window + 1),
        reports: 3,
        unread: 0,
        sinks: { newrelic: { sent: 3 }, anodot: { sent: 3 } },
      })),
    );
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, range(2, 8)));
    assert.deepEqual(
      bench.sandbox.world.received.newrelic.events.filter(({ record }) => record['eventType'] === 'SentryMonitorRun'),
      [],
      'no run event',
    );
    const before = sentryRequests(bench.sandbox.world)['events-table'];
    const again = await service.post(span(2, 8));
    assert.deepEqual(
      [
        again.status,
        again.headers.get('Sentry-Monitor-Sent'),
        again.body.catchUp.windows,
        sentryRequests(bench.sandbox.world)['events-table'],
      ],
      [200, 'all', [], before],
    );
  });

  it('only for the named filter and sink; the rest stays as new as it was', async () => {
    const service = await bench.serve(FILTERS);
    await service.post(span(4, 6, '&filter=f-api&sink=newrelic'));
    const mine = (windows: readonly number[], sinks?: readonly string[]): object =>
      Object.fromEntries(Object.entries(due(FILTERS, windows, sinks)).filter(([name]) => name.includes(' f-api ')));
    assert.deepEqual(booked(bench.sandbox), mine([4, 5], ['newrelic']));
    const { body } = await service.post();
    assert.deepEqual(
      body.catchUp.windows.map(({ start, sinks }: { start: string; sinks: object }) => [start, sinks]),
      range(6, 11).map((window) => [isoOfWindow(window), { newrelic: { sent: 1 } }]),
    );
    assert.deepEqual(booked(bench.sandbox), { ...mine(range(4, 12), ['newrelic']), ...due(FILTERS, [11]) });
  });

  it('is 502 when a sink fails, with what each window came to; 503 when nothing could be read', async () => {
    const service = await bench.serve(FILTERS);
    bench.sandbox.world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 1 });
    const part = await service.post(span(4, 5));
    assert.deepEqual(
      [part.status, part.headers.get('Sentry-Monitor-Sent'), part.body.status, part.body.catchUp.behind],
      [502, 'some', 'partial', 3],
    );
    assert.deepEqual(part.body.catchUp.windows[0].sinks, { anodot: { failed: 3 }, newrelic: { sent: 3 } });
    assert.match(part.body.catchUp.windows[0].error, /^anodot: answered 403/);
    assert.equal((await service.post(span(4, 5))).status, 200);
    bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'status', status: 403, times: 0 });
    const none = await service.post(span(0, 12));
    assert.deepEqual(
      [
        none.status,
        none.headers.get('Sentry-Monitor-Sent'),
        none.body.status,
        none.body.catchUp.behind,
        none.body.catchUp.stopped,
      ],
      [503, 'none', 'failed', 11 * 3, 'trouble'],
    );
    assert.ok(none.body.catchUp.windows.length < 8, 'it is not tried without end');
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, [4]));
  });

  it('is 202 while another server has some of it in hand', async () => {
    const service = await bench.serve(FILTERS);
    const key = { reportId: `f-job@${isoOfWindow(5)}`, revision: 0, sink: 'anodot' };
    await service.parts.ledger.claims.claim([key], 500_000);
    const { status, headers, body } = await service.post(span(4, 7));
    assert.deepEqual(
      [status, headers.get('Sentry-Monitor-Sent'), body.status, body.catchUp.inHandElsewhere, body.catchUp.behind],
      [202, 'some', 'in hand', 1, 1],
    );
    const { [`anodot f-job 5`]: _held, ...rest } = due(FILTERS, range(4, 7));
    assert.deepEqual(booked(bench.sandbox), rest);
  });

  it('is 504 when the deadline came near; the next post goes on where it ended', async () => {
    const service = await bench.serve(FILTERS);
    bench.sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 8000, times: 0 });
    const first = await service.post(span(0, 12));
    assert.deepEqual(
      [first.status, first.headers.get('Sentry-Monitor-Sent'), first.body.catchUp.stopped],
      [504, 'some', 'deadline'],
    );
    assert.ok(
      first.body.durationMs < 120_000 && first.body.catchUp.behind > 0,
      `${first.body.durationMs} ms, ${first.body.catchUp.behind} left`,
    );
    bench.sandbox.world.faults.clear();
    assert.equal((await service.post(span(0, 12))).status, 200);
    assert.deepEqual(booked(bench.sandbox), due(FILTERS, range(0, 12)));
  });

  it('says what a sink no longer takes, and sends the rest: 502', async () => {
    const service = await bench.serve(FILTERS.slice(0, 1));
    bench.clock.advance(startOf(290) - bench.clock.now());
    const { status, body } = await service.post(span(0, 3));
    assert.deepEqual(
      [status, body.catchUp.tooOld, body.catchUp.behind],
      [
        502,
        [{ sink: 'newrelic', reports: 3, from: isoOfWindow(0), to: isoOfWindow(3), see: 'docs/faults.md#too-old' }],
        0,
      ],
    );
    assert.deepEqual(booked(bench.sandbox), due(FILTERS.slice(0, 1), range(0, 3), ['anodot']));
  });

  it('needs a shared ledger; a bad span is a 400 that names the parameter', async () => {
    const without = await bench.serve(FILTERS, { LEDGER_URL: '' });
    const refused = await without.post(span(0, 3));
    assert.deepEqual(
      [refused.status, refused.body.detail],
      [400, 'start needs a shared ledger (LEDGER_URL), which this server does not have; post each window with end'],
    );
    const service = await bench.serve(FILTERS);
    const bad = await service.post(span(3, 0));
    assert.deepEqual(
      [bad.status, bad.body.detail],
      [400, `start="${isoOfWindow(3)}" is not before end="${isoOfWindow(0)}"`],
    );
    assert.deepEqual(booked(bench.sandbox), {});
  });

  it('is 503 while the ledger cannot be reached: nobody knows what is missing', async () => {
    const service = await bench.serve(FILTERS, { LEDGER_URL: 'sqlite:/nowhere/ledger.db' });
    const { status, headers, body } = await service.post(span(0, 3));
    assert.deepEqual(
      [status, headers.get('Sentry-Monitor-Sent'), body.detail],
      [503, 'none', 'the ledger cannot be reached, so nobody knows what is missing; try again'],
    );
    assert.deepEqual(booked(bench.sandbox), {});
  });
});
