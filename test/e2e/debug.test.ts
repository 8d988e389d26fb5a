import assert from 'node:assert/strict';
import { type Bench, burst, openBench } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { sameRecords, taken } from '../support/e2e/received-records.ts';
import type { FilterSpec, Posted } from '../support/e2e/service.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web', 'api'], tags: ['release', 'region'], team: 'crm', labels: { service: 'shop' } },
  { name: 'quiet', projects: ['idle'] },
  { name: 'only-anodot', projects: ['web'], searchTerms: ['declined'], sinks: ['anodot'] },
];

/** What went over the wire: every body of every ingest request, unpacked into its records. */
function wire({ sandbox }: Bench): Record<'newrelic' | 'anodot', unknown[]> {
  const { newrelic, anodot } = sandbox.world.received;
  const bodies = newrelic.raw.map(({ body, path }) => ({ path, list: JSON.parse(body) as Json[] }));
  const records = bodies.flatMap(({ path, list }) =>
    path === '/metric/v1' ? list.flatMap(({ metrics }) => metrics as unknown[]) : list,
  );
  return {
    newrelic: records.filter((it: Json) => it.eventType !== 'SentryMonitorRun'),
    anodot: anodot.raw.flatMap(({ body }) => JSON.parse(body) as unknown[]),
  };
}

function shown({ body }: Posted, sink: string): unknown[] {
  return body.reports.flatMap(({ sinks }: Json) => sinks[sink]?.items ?? []);
}

describe('debug', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api', 'idle']) world.addProject({ slug });
    world.addEvents([
      ...burst('web', 101, 40, { users: 7, release: '1.4.0', tags: { region: 'eu' } }),
      ...burst('web', 101, 3, { tags: {} }),
      ...burst('web', 102, 12, { title: 'PaymentError: card "declined" 💥' }),
      ...burst('api', 201, 130, { users: 90, tags: { region: 'us' } }),
    ]);
  });

  afterEach(() => bench.close());

  for (const mode of ['?debug=true', 'DRY_RUN'] as const) {
    it(`${mode} shows, item by item, the bytes that the real run then sends, and sends nothing itself`, async () => {
      const dry = mode === 'DRY_RUN';
      const service = await bench.serve(FILTERS, dry ? { DRY_RUN: 'true' } : {});
      const debug = await service.post(dry ? '' : mode);
      assert.equal(debug.status, 200);
      assert.deepEqual(
        [debug.body.debug, debug.body.status, debug.headers.get('sentry-monitor-sent')],
        [true, 'ok', 'none'],
      );
      for (const { sinks } of debug.body.reports)
        for (const it of Object.values<Json>(sinks)) assert.deepEqual([it.status, it.why], ['skipped', 'debug']);
      const { raw: toNewRelic } = bench.sandbox.world.received.newrelic;
      const { raw: toAnodot } = bench.sandbox.world.received.anodot;
      assert.deepEqual([toNewRelic.length, toAnodot.length], [0, 0]);
      assert.ok(
        bench.sandbox.world.requests.all().some(({ vendor }) => vendor === 'sentry'),
        'it did read',
      );

      const real = dry ? await bench.serve(FILTERS) : service;
      const sent = await real.post();
      assert.deepEqual(
        [sent.status, sent.headers.get('sentry-monitor-sent'), sent.body.reports[0].sinks.newrelic.status],
        [200, 'all', 'sent'],
        'a debug run is not remembered',
      );
      await until('the run event follows', () => taken(bench.sandbox.world.received).runEvents.length === 1);
      const got = wire(bench);
      assert.ok(got.newrelic.length > 20 && got.anodot.length === 12);
      for (const sink of ['newrelic', 'anodot'] as const) {
        sameRecords(`answer and wire, ${sink}`, shown(debug, sink), got[sink]);
        const logged = service.log.filter((line) => line['msg'] === 'would send' && line['sink'] === sink);
        sameRecords(
          `log and wire, ${sink}`,
          logged.map((line) => line['body'] as unknown),
          got[sink],
        );
        assert.deepEqual(new Set(logged.map(({ run }) => run as unknown)), new Set([debug.body.run]));
        assert.equal(new Set(logged.map(({ key }) => key as unknown)).size, logged.length, 'keys are unique');
      }
      const texts = (items: readonly unknown[]): string[] => items.map((it) => JSON.stringify(it)).sort();
      assert.deepEqual(texts(shown(debug, 'newrelic')), texts(got.newrelic), 'to the byte: also the order of keys');
    });
  }

  it('sends no run event, also not later', async () => {
    const service = await bench.serve(FILTERS);
    assert.equal((await service.post('?debug=true')).status, 200);
    // Closing waits for observers: what has not come by then never comes.
    await service.close();
    assert.deepEqual(bench.sandbox.world.received.newrelic.raw, []);
  });

  it('masks secrets that stand in titles, in answer and log, in each encoding', async () => {
    const token = bench.sandbox.keys.anodotToken;
    const key = bench.sandbox.keys.newRelicKey;
    const forms = [
      token,
      key,
      encodeURIComponent(token),
      Buffer.from(token).toString('base64'),
      Buffer.from(key).toString('base64url'),
    ];
    bench.sandbox.world.addEvents(
      forms.flatMap((form, n) => burst('web', 500 + n, 5, { title: `LeakError: ${form} leaked` })),
    );
    const service = await bench.serve(FILTERS);
    const { text, body } = await service.post('?debug=true');
    const titles = body.reports[0].sinks.newrelic.items
      .filter(({ type }: Json) => type === 'sentry_issue')
      .map(({ message }: Json) => message as string);
    assert.equal(
      titles.filter((title: string) => title.startsWith('LeakError: ***')).length,
      forms.length,
      JSON.stringify(titles),
    );
    const log = JSON.stringify(service.log);
    assert.ok(log.includes('LeakError'), 'the title is in the log');
    for (const form of forms) {
      assert.ok(!text.includes(form) && !log.includes(form), `leaked: ${form}`);
      assert.ok(!text.includes(form.replace(/=+$/, '')) && !log.includes(form.replace(/=+$/, '')));
    }
  });

  it('looks at an unsettled window, which a real run refuses', async () => {
    const service = await bench.serve(FILTERS);
    const end = new Date(Date.UTC(2026, 10, 20, 10, 10)).toISOString();
    assert.equal((await service.post(`?end=${end}`)).status, 400);
    const { status, body } = await service.post(`?end=${end}&debug=true`);
    assert.deepEqual([status, body.window.end], [200, '2026-11-20T10:10:00.000Z']);
    assert.deepEqual(bench.sandbox.world.received.newrelic.raw, []);
  });
});
