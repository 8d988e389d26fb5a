import assert from 'node:assert/strict';
import { burst, type LedgerBench, openLedgerBench, START } from '../support/e2e/bench.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { cells, countsIn, look, verdictsIn } from '../support/pages/read-page.ts';

const FIVE = 300_000;
const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', team: 'sales', projects: ['web', 'api'] },
  { name: 'quiet', projects: ['calm'] },
];

/** Counts in the twelve windows before and the last one, of web. */
const WEB = [4, 2, 6, 3, 5, 4, 1, 4, 7, 4, 2, 3, 20];

describe('the page', () => {
  let bench: LedgerBench;

  beforeEach(async () => {
    bench = await openLedgerBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api', 'calm']) world.addProject({ slug });
    WEB.forEach((count, index) =>
      world.addEvents(burst('web', 101, count, { at: START - (12 - index) * FIVE + 1000 })),
    );
    world.addEvents(burst('api', 201, 5, { title: 'Error: api' }));
  });
  afterEach(() => bench.close());

  const end = (back: number): string => `?end=${new Date(START + FIVE - back * FIVE).toISOString()}`;

  for (const [kind, env] of [
    ['a ledger', () => ({ LEDGER_URL: bench.ledgerUrl })],
    ['no ledger', () => ({})],
  ] as const) {
    it(`with ${kind} says what was counted, what is usual, what trends, and where it went`, async () => {
      const service = await bench.serve(FILTERS, { ...env(), TREND_BASELINES: '1h' });
      for (let back = 12; back >= 1; back--) {
        assert.equal((await service.post(end(back))).status, 200);
        bench.clock.advance(1_000);
      }
      assert.equal((await service.post()).status, 200);
      const { status, text } = await look(service.url);
      assert.equal(status, 200);
      const said = verdictsIn(text);
      assert.match(said['running']!, /^good: Running\. Counted 10:00–10:05 UTC, just now on host-1\./);
      assert.equal(
        said['right'],
        'good: Right. All 2 filters were counted whole. anodot and newrelic took everything.',
      );
      assert.match(
        said['trending']!,
        /^trend: 2 issues trend\. Most unusual: Error: trouble 101 in web, 20 events in 5 min, expected 3\.8\./,
      );
      // The middle of 4 2 6 3 5 4 1 4 7 4 2 3 without api, whose only events are in the last window.
      assert.deepEqual(cells(text, 'filter', 'shop').slice(0, 3), ['shop sales', '25', '4']);
      assert.deepEqual(cells(text, 'filter', 'quiet').slice(0, 3), ['quiet', '0', '0']);
      assert.deepEqual(countsIn(text, 'shop').slice(-13), [...WEB.slice(0, -1), 25].map(String));
      assert.deepEqual(countsIn(text, 'quiet').slice(-13), Array(13).fill('0'));
      assert.deepEqual(cells(text, 'issue', '101'), [
        'Error: trouble 101',
        'web shop',
        'surging',
        '20',
        '3.8',
        '5.0',
        '20',
        'nobody',
      ]);
      assert.deepEqual(cells((await look(service.url, '/status')).text, 'sink', 'anodot').slice(1, 6), [
        '2 of 2 reports whole',
        '9',
        '0',
        '0',
        '0',
      ]);
      assert.match(
        text,
        kind === 'a ledger' ? /Counts come from the ledger/ : /Counts come from Sentry’s own time series/,
      );
    });
  }
});
