import assert from 'node:assert/strict';
import { burst } from '../support/e2e/bench.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { GIVEN, SECRETS } from '../support/secrets/bench.ts';
import { SPECS } from '../support/secrets/echoing-faults.ts';
import { echoesOf } from '../support/secrets/encodings.ts';
import { createSearch } from '../support/secrets/leaks.ts';
import { FILTERS, openSecretRuns, type SecretRuns } from '../support/secrets/secret-runs.ts';
import { until } from '../support/time/until.ts';

/** Tried by itself: with it the others would be runs with a ledger. Nobody listens there. */
const LEDGER = { LEDGER_URL: 'postgres://monitor:p%40ss%2Fword-123@127.0.0.1:1/ledger' };
/** Tried by itself too: its own sandbox listens there. */
const SWITCH_ID = '7d1e9c3a-5b2f-4e8d-9a6c-0f3b8d7e2c51';

describe('secrets in a run, wherever they stand', () => {
  let bench: SecretRuns;

  beforeEach(async () => (bench = await openSecretRuns()));
  afterEach(() => bench.close());

  it('of a ledger that cannot be reached stand nowhere: its address, and the password in it as it is and as it is written there', async () => {
    const service = await bench.serveSecret(FILTERS, { ...LEDGER, LEDGER_ON_ERROR: 'send' });
    const { status } = await service.post();
    assert.equal(status, 200);
    assert.ok(
      service.log.some(
        (line) => /ledger/.test(String(line['msg'])) && /ECONNREFUSED|connect/.test(JSON.stringify(line)),
      ),
      'its trouble is told',
    );
    const search = createSearch({ password: 'p@ss/word-123', 'password as written': 'p%40ss%2Fword-123' });
    assert.deepEqual(
      bench.said().flatMap(([where, text]) => search(where, text)),
      [],
    );
    assert.ok(search('control', `at ${LEDGER.LEDGER_URL}`).length > 0);
    assert.ok(bench.said().every(([, text]) => !text.includes(LEDGER.LEDGER_URL)));
    bench.assertNoLeak();
  });

  it("of a dead man's switch stand nowhere, whatever it answers: its address, and the key in it", async () => {
    const {
      sandbox: { url, world },
    } = bench;
    const address = `${url}/ping/${SWITCH_ID}/`;
    const crons = `${url}/api/1/cron/nightly/${SWITCH_ID}`;
    const service = [
      await bench.serveSecret(FILTERS, { HEARTBEAT_URL: address }),
      await bench.serveSecret(FILTERS, { HEARTBEAT_URL: crons }),
    ];
    const bodies = [
      `cannot GET ${address} ${crons} /ping/${SWITCH_ID}/start`,
      JSON.stringify({ detail: `no check ${SWITCH_ID}` }),
      ...[...echoesOf(SWITCH_ID), ...echoesOf(`/ping/${SWITCH_ID}/start`)].filter((echo) => echo.length < 190),
    ];
    for (const body of bodies) world.faults.add({ vendor: 'ping', kind: 'status', status: 404, body });
    world.faults.add({ vendor: 'ping', kind: 'redirect', location: `${address}?${crons}` });
    for (const kind of ['cut', 'cut-body'] as const) world.faults.add({ vendor: 'ping', kind, times: 0 });
    for (let run = 0; world.faults.waiting().length > 2 || run < 4; run++)
      await service[run % 2]!.post(`?at=${String(Date.UTC(2026, 10, 20, 10, 7) / 1000 - run * 300)}`);
    for (const it of service) await it.close();
    assert.ok(
      world.requests.all().filter(({ vendor, status }) => vendor === 'ping' && status === 404).length >= bodies.length,
    );
    assert.ok(
      service.every(({ log }) =>
        log.some(
          (line) =>
            line['msg'] === "dead man's switch not told; check HEARTBEAT_URL" && String(line['error']).includes('***'),
        ),
      ),
      'its trouble is told',
    );
    const search = createSearch({ key: SWITCH_ID });
    assert.deepEqual(
      bench
        .said()
        .flatMap(([where, text]) => search(where, text))
        .slice(0, 3),
      [],
    );
    assert.ok(
      search('control', `at ${address}`).length > 0 &&
        bench.said().every(([, text]) => !text.includes(address) && !text.includes(crons)),
    );
    bench.assertNoLeak();
  });

  it('are no part of the metrics, whatever happened before', async () => {
    for (const vendors of [['sentry'], ['newrelic', 'anodot']] as const) await bench.runWith(SPECS.status[0]!, vendors);
    const service = await bench.serveSecret(FILTERS);
    await service.post();
    const ask = async (authorization: string): Promise<{ readonly status: number; readonly all: string }> => {
      const response = await fetch(`${service.url}/metrics`, { headers: { authorization, connection: 'close' } });
      return { status: response.status, all: JSON.stringify([...response.headers]) + (await response.text()) };
    };
    const good = await ask(`Bearer ${GIVEN.METRICS_TOKEN}`);
    const bad = [
      await ask(`Bearer ${GIVEN.TRIGGER_TOKEN.split(',')[0]!}`),
      await ask(`Basic ${Buffer.from(`me:${GIVEN.METRICS_TOKEN}x`).toString('base64')}`),
    ];
    assert.deepEqual([good.status, ...bad.map(({ status }) => status)], [200, 401, 401]);
    assert.ok(good.all.includes('sentry_monitor_runs_total'));
    assert.deepEqual(
      [good, ...bad].flatMap(({ all }) => createSearch(SECRETS)('metrics', all)),
      [],
    );
    bench.assertNoLeak();
  });

  it('that stand in titles, tags and names are masked in logs and answers, and in the records of every sink', async () => {
    const { world } = bench.sandbox;
    const echoes = Object.values(SECRETS).flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(`me:${secret}`).toString('base64'),
    ]);
    world.addEvents(
      echoes.flatMap((echo, n) =>
        burst('web', 500 + n, 3, {
          title: `LeakError: <${echo}>`,
          culprit: echo,
          release: `r ${echo}`,
          tags: { region: `eu ${echo}` },
        }),
      ),
    );
    const filter: FilterSpec = {
      name: 'leaky',
      projects: ['web'],
      top: 100,
      tags: ['region', 'release'],
      labels: { note: `see ${GIVEN.ANODOT_TOKEN}` },
      team: `team ${GIVEN.SENTRY_AUTH_TOKEN}`,
    };
    const service = await bench.serveSecret([filter]);
    const debug = await service.post('?debug=true');
    const real = await service.post();
    assert.deepEqual([debug.status, real.status], [200, 200]);
    const [{ sinks, trending }] = real.body.reports;
    assert.ok(
      trending.length >= echoes.length &&
        trending.every(
          ({ title }: { title: string }) => !title.startsWith('LeakError') || /^LeakError: <\S*\*\*\*>$/.test(title),
        ),
      JSON.stringify(trending.slice(0, 3)),
    );
    assert.deepEqual([sinks.newrelic.status, sinks.anodot.status], ['sent', 'sent']);
    await until('the run event is there', () =>
      world.received.newrelic.events.some(({ record }) => record['eventType'] === 'SentryMonitorRun'),
    );
    const records = world.received.newrelic.events
      .map(({ record }) => record)
      .filter((record) => record['eventType'] === 'SentryMonitoring');
    assert.ok(
      records.filter(
        (record) =>
          /^LeakError: <\S*\*\*\*>$/.test(String(record['message'])) &&
          record['team'] === 'team ***' &&
          record['label.note'] === 'see ***',
      ).length >=
        2 * echoes.length,
    );
    assert.ok(
      records.some(
        ({ type, region, release }) =>
          type === 'sentry_issue_tag' && /^eu \S*\*\*\*$/.test(String(region)) && /^r \S*\*\*\*$/.test(String(release)),
      ),
    );
    const shown = debug.body.reports[0].sinks.newrelic.items.filter(
      ({ eventType }: { eventType?: string }) => eventType !== undefined,
    );
    assert.deepEqual(shown.toSorted(byText), records.toSorted(byText), 'debug shows what is sent');
    assert.ok(bench.said().some(([where, text]) => where === 'log: would send' && text.includes('LeakError: <***>')));
    bench.assertNoLeak();
  });

  it('that somebody posts come back masked, whole or cut, and are not logged', async () => {
    const service = await bench.serveSecret(FILTERS);
    const [token, second] = GIVEN.TRIGGER_TOKEN.split(',') as [string, string];
    const queries = Object.values(SECRETS).flatMap((secret) =>
      ['', 'z'.repeat(30), 'z'.repeat(48)].flatMap((before) =>
        ['filter', 'sink', 'at', 'end', 'debug', encodeURIComponent(before + secret)].map(
          (name) => `?${name}=${encodeURIComponent(before + secret)}`,
        ),
      ),
    );
    const answers = [];
    for (const query of queries) answers.push(await service.post(query));
    assert.ok(
      answers.every(({ status, text }) => status === 400 && /\*\*\*/.test(text)),
      answers.find(({ text }) => !text.includes('***'))?.text,
    );
    for (const [name, init] of [
      ['wrong', { headers: { authorization: `Bearer ${token}x` } }],
      ['as Basic', { headers: { authorization: `Basic ${Buffer.from(`me:${second}`).toString('base64')}` } }],
      ['elsewhere', { headers: { 'x-api-key': token, cookie: `token=${encodeURIComponent(token)}` } }],
      ['large', { body: token.repeat(1000) }],
    ] as const) {
      assert.equal((await service.post(`?token=${encodeURIComponent(token)}`, init)).status, 401, name);
    }
    const { status } = await fetch(`${service.url}/${encodeURIComponent(token)}?token=${encodeURIComponent(second)}`, {
      headers: { connection: 'close' },
    });
    assert.equal(status, 404);
    const heard = new Set(service.log.map(({ msg }) => msg as string));
    assert.deepEqual(
      [...heard].filter((msg) => msg !== 'request answered').toSorted(),
      ['post without a valid token', 'this Sentry has an events table'],
      'of a post that is refused nothing is logged but that it was',
    );
    bench.assertNoLeak();
  });
});

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
