import assert from 'node:assert/strict';
import { SPAN } from '../support/e2e/bench.ts';
import { assertExact } from '../support/e2e/exact.ts';
import { expectedOf } from '../support/e2e/expected-records.ts';
import { statusesIn } from '../support/e2e/receipts.ts';
import { EU_KEYS, openTwoOrganizations, type TwoOrganizations } from '../support/e2e/two-organizations.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until } from '../support/time/until.ts';

const HERE = { name: 'here', projects: ['web'] };
const THERE = { name: 'there', projects: ['web'], source: 'eu', sinks: ['eu-nr', 'eu-an'] };

describe('two organizations and two accounts', () => {
  let bench: TwoOrganizations;

  beforeEach(async () => (bench = await openTwoOrganizations({ time: 'jump' })));
  afterEach(() => bench.close());

  it('are read and sent to side by side, each with its own numbers and names', async () => {
    const service = await bench.start([HERE, THERE]);
    const answer = await service.post();
    const { status, body } = answer;
    assert.deepEqual([status, body.status], [200, 'ok']);
    assert.deepEqual(statusesIn(answer), [
      { newrelic: 'sent', anodot: 'sent' },
      { 'eu-nr': 'sent', 'eu-an': 'sent' },
    ]);
    assert.deepEqual(
      body.reports.map((it: { source: string; totals: { events: number }[] }) => [it.source, it.totals[0]!.events]),
      [
        ['sentry', 43],
        ['eu', 11],
      ],
    );
    const [here, there] = [bench.sandbox, bench.eu];
    assertExact(here.world.received, [expectedOf(here.world, { filter: HERE, span: SPAN, web: here.sentryUrl })]);
    assertExact(there.world.received, [
      expectedOf(there.world, { filter: THERE, span: SPAN, web: there.sentryUrl, org: 'acme-eu' }),
    ]);
  });

  it('do not fail together: 502 while one answers, 503 when none does', async () => {
    bench.eu.world.faults.add({ vendor: 'sentry', kind: 'status', status: 503, times: 0 });
    const service = await bench.start([HERE, THERE]);
    const one = await service.post();
    assert.deepEqual([one.status, one.body.status], [502, 'partial']);
    assert.deepEqual(statusesIn(one), [{ newrelic: 'sent', anodot: 'sent' }, {}]);
    assert.match(one.body.reports[1].error as string, /^eu: /);
    assert.equal(one.body.reports[1].source, 'eu');
    bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'status', status: 503, times: 0 });
    const other = await bench.start([{ ...HERE, name: 'next' }, THERE]);
    const none = await other.post();
    assert.deepEqual([none.status, none.headers.get('sentry-monitor-sent')], [503, 'none']);
  });

  it('say in their own words what to mend: the keys of the file, and the variables that it names', async () => {
    const service = await bench.start([HERE, THERE]);
    bench.eu.world.faults.add({ vendor: 'newrelic', kind: 'status', status: 403, times: 0 });
    const sent = await service.post();
    assert.match(
      sent.body.reports[1].sinks['eu-nr'].error as string,
      /^eu-nr: .*403.* check ACME_EU_NR, newrelic in filters\.yaml/,
    );
    assert.doesNotMatch(sent.text, /NEW_RELIC_/);
    bench.eu.world.faults.add({ vendor: 'sentry', kind: 'status', status: 401, times: 0 });
    bench.sandbox.world.faults.add({ vendor: 'sentry', kind: 'status', status: 401, times: 0 });
    bench.clock.advance(300_000);
    const { body } = await service.post();
    assert.match(body.reports[0].error as string, /check SENTRY_AUTH_TOKEN/);
    assert.match(body.reports[1].error as string, /check ACME_EU_TOKEN/);
    assert.doesNotMatch(JSON.stringify(body.reports[1]), /SENTRY_/);
  });

  it('have receipts, repairs and numbers by their names', async () => {
    const both = { ...THERE, name: 'both', sinks: ['newrelic', 'eu-nr'] };
    bench.eu.world.faults.add({ vendor: 'newrelic', kind: 'status', status: 403, times: 0 });
    const service = await bench.start([both]);
    assert.deepEqual(statusesIn(await service.post()), [{ newrelic: 'sent', 'eu-nr': 'failed' }]);
    bench.eu.world.faults.clear();
    const repaired = await service.post('?sink=eu-nr');
    assert.deepEqual([repaired.status, statusesIn(repaired)], [200, [{ 'eu-nr': 'sent' }]]);
    assert.deepEqual(statusesIn(await service.post()), [{ newrelic: 'sent before', 'eu-nr': 'sent before' }]);
    assert.match((await service.post('?sink=eu')).body.detail as string, /there are anodot, newrelic, eu-nr, eu-an/);
    const text = await (await fetch(`${service.url}/metrics`, { headers: { connection: 'close' } })).text();
    const requestsTo = (vendor: string): number =>
      [...text.matchAll(new RegExp(`requests_total\\{vendor="${vendor}",status="\\d+"\\} (\\d+)`, 'g'))].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    assert.equal(requestsTo('sentry'), 0);
    assert.ok(requestsTo('eu') > 2 && requestsTo('eu-nr') > 2 && requestsTo('newrelic') > 1, text);
    assert.match(text, /items_total\{sink="eu-nr",outcome="accepted"\} [1-9]/);
  });

  it('tell each account how runs ended, and nobody their keys', async () => {
    const service = await bench.start([HERE, THERE]);
    const { text } = await service.post();
    const debug = await service.post('?debug=true');
    await until('run events at both accounts', () =>
      [bench.sandbox, bench.eu].every(({ world }) =>
        world.received.newrelic.events.some(({ record }) => record['eventType'] === 'SentryMonitorRun'),
      ),
    );
    const said = [text, debug.text, JSON.stringify(service.log)].join('');
    for (const key of [EU_KEYS.sentryToken, EU_KEYS.newRelicKey, EU_KEYS.anodotToken]) assert.ok(!said.includes(key));
  });

  it('need no organization in the environment', async () => {
    const service = await bench.start([THERE], { SENTRY_ORG: '', SENTRY_AUTH_TOKEN: '', SENTRY_URL: '' });
    const { status, body } = await service.post();
    assert.deepEqual([status, body.reports[0].source], [200, 'eu']);
    assert.equal(bench.sandbox.world.requests.all().length, 0);
  });

  it('catch up each by itself: what one missed comes when it is back, and holds up nothing of the other', async () => {
    const files = folder({});
    const service = await bench.start([HERE, THERE], { LEDGER_URL: `sqlite:${files.file('ledger.db')}` });
    bench.eu.world.faults.add({ vendor: 'sentry', kind: 'status', status: 503, times: 0 });
    assert.deepEqual(statusesIn(await service.post()), [{ newrelic: 'sent', anodot: 'sent' }, {}]);
    bench.clock.advance(300_000);
    const away = await service.post();
    assert.deepEqual(
      [away.status, statusesIn(away), away.body.catchUp.behind, away.body.catchUp.windows],
      [502, [{ newrelic: 'sent', anodot: 'sent' }, {}], 1, []],
    );
    bench.eu.world.faults.clear();
    bench.clock.advance(300_000);
    const { status, body } = await service.post();
    assert.deepEqual(
      [status, body.catchUp.behind, body.catchUp.windows.map(({ sinks }: { sinks: object }) => sinks)],
      [
        200,
        0,
        [
          { 'eu-nr': { sent: 1 }, 'eu-an': { sent: 1 } },
          { 'eu-nr': { sent: 1 }, 'eu-an': { sent: 1 } },
        ],
      ],
    );
    const counted = bench.eu.world.received.anodot.samples.filter(
      ({ sample }) => sample.properties['what'] === 'sentry_events',
    );
    assert.deepEqual(
      counted.map(({ sample }) => sample.value).toSorted((a, b) => b - a),
      [11, 0, 0],
    );
    await service.close();
    files.remove();
  });

  it('stand on the page by their names', async () => {
    const service = await bench.start([HERE, THERE]);
    await service.post();
    const page = async (path: string): Promise<string> =>
      (await fetch(`${service.url}${path}`, { headers: { connection: 'close' } })).text();
    const [home, filter] = [await page('/'), await page('/filters/there')];
    for (const name of ['newrelic', 'anodot', 'eu-nr', 'eu-an']) assert.ok(home.includes(name), name);
    assert.ok(
      filter.includes('eu-nr') && filter.includes(bench.eu.sentryUrl) && !filter.includes('eu-license'),
      filter,
    );
  });
});
