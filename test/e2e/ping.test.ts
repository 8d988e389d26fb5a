import assert from 'node:assert/strict';
import type { LoggedRequest, StoredPing } from '../../sandbox/index.ts';
import { type Bench, burst, openBench } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import type { Service } from '../support/e2e/service.ts';
import { counted } from '../support/pages/prometheus-text.ts';

const FILTERS = [{ name: 'shop', projects: ['web'] }];

describe("a dead man's switch", () => {
  let bench: Bench;
  let check: string;

  beforeEach(async () => {
    // Not one that jumps: it would pass the half minute that observers have.
    bench = await openBench({ time: 'stopped' });
    bench.sandbox.world.addProject({ slug: 'web' });
    bench.sandbox.world.addEvents(burst('web', 101, 5));
    check = `${bench.sandbox.url}/ping/${bench.sandbox.keys.pingId}`;
  });
  afterEach(() => bench.close());

  const pings = (): readonly StoredPing[] => bench.sandbox.world.received.ping.pings;
  const signals = (): readonly string[] => pings().map(({ signal }) => signal);
  /** Waits before a second try pass; those that bundle records, shorter, and limits, longer, do not. */
  const passing = (holds: () => boolean) => (): boolean => {
    if (bench.clock.pending().some((ms) => ms >= 1000 && ms < 5000)) bench.clock.advance(5000);
    return holds();
  };
  const pingsBecome = (count: number): Promise<void> =>
    until(
      `${String(count)} pings`,
      passing(() => pings().length === count),
    );
  const complaints = ({ log }: Service): readonly unknown[] =>
    log
      .filter(({ msg }) => String(msg).startsWith("dead man's switch not told"))
      .map(({ level, stage }) => [level, stage]);

  for (const kind of ['check', 'cron'] as const) {
    it(`hears the beginning and the end of each plain run, and of no other (${kind})`, async () => {
      const address =
        kind === 'check' ? check : `${bench.sandbox.url}/api/1/cron/sentry-monitor/${bench.sandbox.keys.cronKey}/`;
      const service = await bench.serve(FILTERS, { HEARTBEAT_URL: address });
      for (const query of ['?debug=true', '?filter=shop', '?sink=anodot', '?end=2026-11-20T10:05:00Z', '?debug=maybe'])
        await service.post(query);
      const plain = await service.post();
      await pingsBecome(2);
      assert.deepEqual(
        pings().map(({ signal, run, ...rest }) => [rest.of, signal, run]),
        [
          [kind, 'start', plain.body.run],
          [kind, 'success', plain.body.run],
        ],
      );
      assert.deepEqual(complaints(service), []);
    });
  }

  it('of a dry run hears nothing', async () => {
    const service = await bench.serve(FILTERS, { HEARTBEAT_URL: check, DRY_RUN: 'true' });
    assert.equal((await service.post()).status, 200);
    await bench.close();
    assert.deepEqual(
      bench.sandbox.world.requests.all().filter(({ vendor }) => vendor === 'ping'),
      [],
    );
  });

  it('hears that a run failed, or only partly did its work', async () => {
    const service = await bench.serve(FILTERS, { HEARTBEAT_URL: check });
    const { faults } = bench.sandbox.world;
    faults.add({ vendor: 'anodot', kind: 'status', status: 401 });
    assert.equal((await service.post()).body.status, 'partial');
    await pingsBecome(2);
    faults.add({ vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 401, times: 0 });
    assert.equal((await service.post('?at=2026-11-20T10:02:00Z')).body.status, 'failed');
    await pingsBecome(4);
    assert.deepEqual(signals(), ['start', 'fail', 'start', 'fail']);
  });

  for (const kind of [
    'cut',
    'status',
    'redirect',
    'html',
    'empty',
    'cut-body',
    '429-rate',
    'gateway',
    'stored-no-answer',
  ] as const) {
    it(`that does ${kind} changes nothing of a run and its answer`, async () => {
      bench.sandbox.world.faults.add({ vendor: 'ping', kind, times: 0, ...(kind === 'status' ? { status: 404 } : {}) });
      const service = await bench.serve(FILTERS, { HEARTBEAT_URL: check });
      const { status, body, headers } = await service.post();
      assert.deepEqual([status, body.status, headers.get('sentry-monitor-sent')], [200, 'ok', 'all']);
      assert.ok(bench.sandbox.world.received.anodot.samples.length === 3, 'all was sent');
      const met = (): number =>
        bench.sandbox.world.requests.all().filter(({ vendor, fault }) => vendor === 'ping' && fault === kind).length;
      await until('it was asked', () => met() > 0);
      await until(
        'both pings came to their end',
        passing(() => complaints(service).length === 2),
      );
      assert.deepEqual(complaints(service), [
        [50, 'start'],
        [50, 'ok'],
      ]);
    });
  }

  it('whose check was deleted answers 200, and the log says that no ping was taken', async () => {
    const service = await bench.serve(FILTERS, {
      HEARTBEAT_URL: `${bench.sandbox.url}/ping/9c1f2d3e-1111-4222-8333-444455556666`,
    });
    assert.equal((await service.post()).status, 200);
    await until(
      'both pings came to their end',
      passing(() => complaints(service).length === 2),
    );
    assert.deepEqual(pings(), []);
    assert.ok(
      service.log.some(({ error }) => String(error).startsWith('dead-mans-switch: answered 200: OK (not found); ')),
    );
  });

  it('that hangs holds up no run and no answer, and is given up after half a minute', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'ping', kind: 'hang', times: 0 });
    const service = await bench.serve(FILTERS, { HEARTBEAT_URL: check });
    const answer = await service.post();
    assert.deepEqual([answer.status, answer.body.status], [200, 'ok']);
    const asked = (): readonly LoggedRequest[] => world.requests.all().filter(({ vendor }) => vendor === 'ping');
    await until('the ping is there', () => asked().length > 0);
    assert.deepEqual(
      asked().map(({ fault, status }) => [fault, status]),
      [['hang', null]],
      'the beginning is still on the way',
    );
    bench.clock.advance(31_000);
    await until('it is given up', () => complaints(service).length === 2);
  });

  it('of two servers hears both, each run under an id of its own', async () => {
    const two = [
      await bench.serve(FILTERS, { HEARTBEAT_URL: check }, { server: 'host-1' }),
      await bench.serve(FILTERS, { HEARTBEAT_URL: check }, { server: 'host-2' }),
    ];
    const ids = (await Promise.all(two.map((service) => service.post()))).map(({ body }) => body.run as string);
    await pingsBecome(4);
    for (const id of ids)
      assert.deepEqual(
        pings()
          .filter(({ run }) => run === id)
          .map(({ signal }) => signal),
        ['start', 'success'],
      );
  });

  it('is a vendor in the metrics', async () => {
    bench.sandbox.world.faults.add({ vendor: 'ping', kind: 'status', status: 503 });
    const service = await bench.serve(FILTERS, { HEARTBEAT_URL: check });
    await service.post();
    await pingsBecome(2);
    const text = await (await fetch(`${service.url}/metrics`, { headers: { connection: 'close' } })).text();
    const found = counted(text);
    assert.deepEqual(
      [
        found['requests_total{vendor="dead-mans-switch",status="503"}'],
        found['requests_total{vendor="dead-mans-switch",status="200"}'],
        found['retries_total{vendor="dead-mans-switch"}'],
      ],
      [1, 2, 1],
    );
  });
});
