import assert from 'node:assert/strict';
import { burst, type LedgerBench, openLedgerBench, START } from '../support/e2e/bench.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';
import { cells, countsIn, look, textIn, verdictsIn } from '../support/pages/read-page.ts';

const FIVE = 300_000;
const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web'] },
  { name: 'back', projects: ['worker'] },
];

describe('what the page shows when', () => {
  let bench: LedgerBench;
  beforeEach(async () => {
    bench = await openLedgerBench({ time: 'stopped' });
    const { world } = bench.sandbox;
    for (const slug of ['web', 'worker']) world.addProject({ slug });
    for (let back = 0; back < 13; back++)
      world.addEvents([
        ...burst('web', 101, 3, { at: START - back * FIVE }),
        ...burst('worker', 201, 5, { at: START - back * FIVE }),
      ]);
  });
  afterEach(() => bench.close());

  const ledger = (): Record<string, string> => ({ LEDGER_URL: bench.ledgerUrl, CATCH_UP_HOURS: '0' });
  const verdicts = async (service: Service): Promise<Readonly<Record<string, string>>> =>
    verdictsIn((await look(service.url)).text);
  const origin = (text: string): string =>
    textIn(/<p class="origin"[\s\S]*?<\/ul>|<p class="origin"[\s\S]*?<\/p>/.exec(text)?.[0] ?? '');

  it('events came late and their windows were counted again: the latest counts, their revisions, both receipts, and no sink that is none', async () => {
    const { world } = bench.sandbox;
    const [first, second] = [START, START + FIVE];
    world.addEvents([...burst('web', 101, 4, { at: second }), ...burst('worker', 201, 5, { at: second })]);
    for (const [at, count] of [
      [first, 2],
      [second, 7],
    ] as const)
      world.addEvents(burst('web', 101, count, { at, arrivedAt: second + FIVE + 240_000 }));
    const service = await bench.serve(FILTERS, { ...ledger(), RECOUNT: '10m,1h' });
    const seen: string[] = [];
    const tick = async (): Promise<void> => {
      assert.equal((await service.post()).status, 200);
      seen.push(
        countsIn((await look(service.url)).text, 'shop')
          .slice(-13)
          .join(' '),
      );
      bench.clock.advance(FIVE);
    };
    for (let n = 0; n < 4; n++) await tick();
    const before = '3 '.repeat(12);
    assert.deepEqual(seen.slice(0, 2), [`${before}3`, `${before}4`], "before the first count it is Sentry's series");
    assert.equal(seen.at(-1)!.slice(-8), '5 11 0 0', 'counted again, each window by itself');
    const { text } = await look(service.url, '/filters/shop');
    const row = (start: number): readonly string[] => cells(text, 'window', new Date(start).toISOString());
    assert.deepEqual(row(first), [
      '10:00 –10:05',
      '5',
      '✓ complete revision 1',
      '✓ 3 accepted',
      '✓ 6 accepted ✓ 2 accepted revision 1',
    ]);
    assert.deepEqual(row(second), [
      '10:05 –10:10',
      '11',
      '✓ complete revision 1',
      '✓ 3 accepted',
      '✓ 6 accepted ✓ 2 accepted revision 1',
    ]);
    assert.match(text, /<title>Fri 20 Nov, 10:05–10:10 UTC\n11 events[^<]*\nrevision 1<\/title>/);
    const { text: other } = await look(service.url, '/filters/back');
    for (const start of [first, second])
      assert.deepEqual(
        cells(other, 'window', new Date(start).toISOString()).slice(1, 3),
        ['5', '✓ complete'],
        'nothing came late there',
      );
    const held = await service.parts.ledger.readModel!.receipts([
      { reportId: `shop@${new Date(first).toISOString()}`, revision: 0, sink: '(recount)' },
    ]);
    assert.equal(held.length, 1, 'the count itself was claimed');
    for (const page of [text, other, (await look(service.url)).text]) assert.doesNotMatch(page, /\(recount\)/);
  });

  it('the ledger is out of reach: it says so, and shows what it knows itself', async () => {
    const service = await bench.serve(FILTERS, {
      LEDGER_URL: 'postgres://monitor:secret-pass@127.0.0.1:1/ledger',
      LEDGER_ON_ERROR: 'send',
    });
    assert.equal((await service.post()).status, 200);
    const { text } = await look(service.url);
    assert.match(
      verdictsIn(text)['ledger']!,
      /^bad: Ledger in trouble\. The ledger cannot be reached: connect ECONNREFUSED .*\. Every sink is served, .* \(LEDGER_ON_ERROR=send\)\.$/,
    );
    assert.match(origin(text), /Counts come from Sentry’s own time series, .* The ledger cannot be reached: /);
    assert.match(
      cells((await look(service.url, '/status')).text, 'sink', 'newrelic').join(' | '),
      /2 of 2 reports whole/,
    );
    assert.doesNotMatch(text, /secret-pass/);
  });

  it('a server has no time series: it shows what it counted itself, and why no more', async () => {
    bench.sandbox.world.setFlavour('glitchtip');
    const service = await bench.serve(FILTERS, { SENTRY_PAGES_PER_SECOND: '0' });
    assert.equal((await service.post()).status, 200);
    const { text } = await look(service.url);
    assert.match(
      origin(text),
      /^Counts come from the memory of this server, .* No time series of shop, back: sentry: this server has no time series, its events are read page by page$/,
    );
    assert.deepEqual(countsIn(text, 'back').slice(-2), ['-', '5']);
  });

  it('every run is a debug run: so it says, and nothing is missing', async () => {
    const service = await bench.serve(FILTERS, { DRY_RUN: 'true' });
    assert.equal((await service.post()).status, 200);
    const { text } = await look(service.url);
    assert.equal(
      verdictsIn(text)['right'],
      'good: Right. All 2 filters were counted whole. Debug runs only (DRY_RUN): nothing is sent.',
    );
    assert.match((await look(service.url, '/status')).text, /DRY_RUN is set: every run is a debug run/);
  });

  it("somebody looks at a debug run's numbers: it is not the page's business", async () => {
    const service = await bench.serve(FILTERS);
    assert.equal((await service.post('?debug=true')).status, 200);
    assert.match((await verdicts(service))['running']!, /^warn: No run yet/);
  });

  it('a filter stands in no file any more: its past is still there', async () => {
    const [old] = [await bench.serve(FILTERS, ledger())];
    await old.post();
    const service = await bench.serve([FILTERS[0]!], ledger());
    const { status, text } = await look(service.url, '/filters/back');
    assert.equal(status, 200);
    assert.match(textIn(text), /No filters file of this server names it any more; this is what is remembered/);
    assert.equal(cells(text, 'window', new Date(START).toISOString())[1], '5');
    assert.equal((await look(service.url, '/filters/never')).status, 404);
    assert.doesNotMatch((await look(service.url)).text, /filters\/back/);
  });

  it('a crowd looks: Sentry is asked once a minute and filter, with few requests at a time', async () => {
    const { world } = bench.sandbox;
    const filters = Array.from({ length: 6 }, (_, n) => ({ name: `f-${n}`, projects: ['web'] }));
    const service = await bench.serve(filters, {}, { prepare: true });
    const asked = (): number => world.requests.all().filter(({ endpoint }) => endpoint === 'events-timeseries').length;
    const crowd = async (): Promise<void> =>
      void (await Promise.all(Array.from({ length: 30 }, () => look(service.url))));
    await crowd();
    assert.equal(asked(), 6);
    bench.clock.advance(30_000);
    await crowd();
    assert.equal(asked(), 6);
    bench.clock.advance(31_000);
    await crowd();
    assert.equal(asked(), 12);
    await look(service.url, '/filters/f-1');
    assert.equal(asked(), 13, 'a day is another question');
  });
});
