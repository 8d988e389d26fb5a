import assert from 'node:assert/strict';
import { burst, type LedgerBench, openLedgerBench, START } from '../support/e2e/bench.ts';
import type { Service } from '../support/e2e/service.ts';
import { countsIn, look } from '../support/pages/read-page.ts';

const FIVE = 300_000;

describe('what an address asks to see', () => {
  let bench: LedgerBench;
  let service: Service;
  beforeEach(async () => {
    bench = await openLedgerBench({ time: 'stopped' });
    bench.sandbox.world.addProject({ slug: 'web' });
    for (let n = 0; n < 4; n++) bench.sandbox.world.addEvents(burst('web', 101, n + 1, { at: START + n * FIVE }));
    service = await bench.serve([{ name: 'shop', projects: ['web'] }], {
      LEDGER_URL: bench.ledgerUrl,
      CATCH_UP_HOURS: '0',
      RECOUNT: 'off',
    });
    for (let n = 0; n < 4; n++) {
      assert.equal((await service.post()).status, 200);
      bench.clock.advance(FIVE);
    }
  });
  afterEach(() => bench.close());
  const counts = async (query: string): Promise<readonly string[]> =>
    countsIn((await look(service.url, `/${query}`)).text, 'shop');

  it('is a range: so many bars, the last windows last', async () => {
    for (const [range, bars] of [
      ['', 144],
      ['?range=1h', 12],
      ['?range=12h', 144],
      ['?range=24h', 288],
    ] as const) {
      const found = await counts(range);
      assert.equal(found.length, bars, range);
      assert.deepEqual(found.slice(-4), ['1', '2', '3', '4'], range);
    }
    const [week, month] = [await counts('?range=7d'), await counts('?range=30d')];
    assert.deepEqual([week.length, week.at(-1)], [168, '10'], 'an hour that is under way');
    assert.deepEqual([month.length, month.at(-1)], [120, '10+'], 'of six hours only these were counted');
  });

  it('is an instant: what was counted up to it, and nothing later', async () => {
    const then = await counts(`?range=1h&at=${new Date(START + 2 * FIVE).toISOString()}`);
    assert.deepEqual([then.length, ...then.slice(-3)], [12, '0', '1', '2'], "before the first it is Sentry's series");
    const { text } = await look(service.url, `/filters/shop?range=1h&at=${new Date(START + 3 * FIVE).toISOString()}`);
    assert.match(text, /10:10–10:15 UTC\n3 events\n/);
    assert.doesNotMatch(text, /10:15–10:20 UTC/);
    const before = await counts(`?range=1h&at=${new Date(START - FIVE).toISOString()}`);
    assert.deepEqual(before, Array<string>(12).fill('0'), 'nothing was counted by then');
  });

  it('is wrong in a part: the page is shown without it', async () => {
    for (const query of ['?range=2h', '?at=yesterday', '?range=1h&range=24h', '?%E0%A4%A=1', `?q=${'x'.repeat(300)}`]) {
      const { status, text } = await look(service.url, `/${query}`);
      assert.equal(status, 200, query);
      assert.deepEqual(countsIn(text, 'shop').slice(-4), ['1', '2', '3', '4'], query);
    }
  });

  it('is kept for a moment by all that it asks for', async () => {
    assert.notDeepEqual(await counts('?range=1h'), await counts('?range=24h'));
    const [early, late] = [1, 2].map((n) => `?range=1h&at=${new Date(START + n * FIVE).toISOString()}`);
    assert.notDeepEqual(await counts(early!), await counts(late!));
  });
});
