import assert from 'node:assert/strict';
import { type LedgerBench, NOW, openLedgerBench, START } from '../support/e2e/bench.ts';
import { taken } from '../support/e2e/received-records.ts';

const [TEN, HOUR] = [600_000, 3_600_000];
const INTAKES = { web: { papertrail: 's3://acme-logs/web', timings: ['(?P<name>\\w+) took (?P<ms>\\d+)'] } };

describe('durations of an archive that comes after its window', () => {
  let bench: LedgerBench;
  beforeEach(async () => {
    bench = await openLedgerBench({ time: 'jump', story: 'none' });
    bench.sandbox.world.addProject({ slug: 'api' });
  });
  afterEach(() => bench.close());

  it('go to New Relic once, when the window is counted again, also where there is no event', async () => {
    const filters = [{ name: 'shop', projects: ['web'] }];
    const service = await bench.serve(
      [],
      { LEDGER_URL: bench.ledgerUrl, CATCH_UP_HOURS: '0', RECOUNT: '10m,1h', LEASE_SECONDS: '600' },
      { file: JSON.stringify({ intakes: INTAKES, filters }) },
    );
    const tick = async (afterMs: number): Promise<void> => {
      bench.clock.advance(NOW + afterMs - bench.clock.now());
      const { status, body } = await service.post();
      assert.equal(status, 200, JSON.stringify(body));
    };
    const told = () =>
      taken(bench.sandbox.world.received)
        .metrics.filter((it) => String(it['name']).startsWith('sentry.timing') && it['timestamp'] === START)
        .map((it) => [it['name'], JSON.stringify(it['value'])])
        .toSorted();
    await tick(0);
    assert.deepEqual(told(), []);
    const part = {
      name: 'pay',
      window: START,
      count: 3,
      sum: 60,
      min: 10,
      max: 30,
      seen: [
        [10, 1],
        [20, 1],
        [30, 1],
      ],
    };
    await service.parts.ledger.events!.add({
      ...{ project: 'web', events: [] },
      timings: { part: 'archive', timings: [part as never] },
      cursor: { name: '', position: null, watermark: bench.clock.now() + HOUR },
    });
    await tick(TEN);
    const once = [
      ['sentry.timing', '{"count":3,"max":30,"min":10,"sum":60}'],
      ['sentry.timing.count', '3'],
      ['sentry.timing.max', '30'],
      ['sentry.timing.p50', '20'],
      ['sentry.timing.p95', '30'],
    ];
    assert.deepEqual(told(), once);
    await tick(HOUR + TEN);
    assert.deepEqual(told(), once);
  });
});
