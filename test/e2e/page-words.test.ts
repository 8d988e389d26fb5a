import assert from 'node:assert/strict';
import { burst, type LedgerBench, openLedgerBench, START } from '../support/e2e/bench.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';
import { cells, countsIn, look, textIn, verdictsIn } from '../support/pages/read-page.ts';

const FIVE = 300_000;
const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', projects: ['web'] },
  { name: 'back', projects: ['worker'] },
];

describe('what the page says when', () => {
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

  it("nothing has run yet: so it says, with the counts of Sentry's own series", async () => {
    const service = await bench.serve(FILTERS);
    const { text } = await look(service.url);
    assert.deepEqual(verdictsIn(text), {
      running:
        'warn: No run yet. host-1 started just now and remembers nothing from before. Windows are counted when a cron job posts to /run.',
      right: 'idle: Nothing to judge. No window was counted yet.',
      trending: 'idle: Not known. No filter has a count of the last window.',
    });
    assert.deepEqual(countsIn(text, 'back').slice(-12), Array(12).fill('5'));
    assert.match(
      origin(text),
      /^Counts come from Sentry’s own time series, read at 10:07 UTC; windows that this server counted itself, from its memory; runs, issues and deliveries from the memory of this server, host-1, which started at 10:07 UTC\. Times are UTC\.$/,
    );
    assert.match((await look((await bench.serve(FILTERS, ledger())).url)).text, /The ledger knows of none in 24 hours/);
  });

  for (const [kind, env] of [
    ['a ledger', () => ledger()],
    ['no ledger', () => ({})],
  ] as const) {
    it(`a sink is down, with ${kind}: its errors, and the other one's receipts`, async () => {
      const { world } = bench.sandbox;
      world.faults.add({ vendor: 'anodot', kind: 'status', status: 403, times: 0 });
      const service = await bench.serve(FILTERS, env());
      assert.equal((await service.post()).status, 502);
      const { text } = await look(service.url);
      const { text: status } = await look(service.url, '/status');
      assert.equal(verdictsIn(text)['right'], 'bad: Not right. anodot lacks 2 reports.');
      assert.match(
        cells(status, 'sink', 'anodot').join(' | '),
        /^✕ anodot \| 0 of 2 reports whole \| 0 \| 0 \| 0 \| 6 \| anodot: answered 403.* \(2 reports\) What to do: sink-failed$/,
      );
      assert.match(
        cells(status, 'sink', 'newrelic').join(' | '),
        /^✓ newrelic \| 2 of 2 reports whole \| 12 \| 0 \| 0 \| 0 \|/,
      );
      assert.match(textIn((await look(service.url, '/filters/shop')).text), /✕ 3 failed anodot: answered 403/);
      world.faults.clear();
      assert.equal((await service.post('?sink=anodot')).status, 200);
      assert.match((await verdicts(service))['right']!, /^good: Right/);
    });

    it(`a filter cannot be read, with ${kind}: it was not counted, and why`, async () => {
      const { world } = bench.sandbox;
      const service = await bench.serve(FILTERS, env());
      assert.equal((await service.post(`?end=${new Date(START).toISOString()}`)).status, 200);
      world.faults.add({
        vendor: 'sentry',
        endpoint: 'events-table',
        kind: 'status',
        status: 400,
        body: '{"detail":"<b>no</b>"}',
        match: `project=${world.projects().find(({ slug }) => slug === 'web')!.id}`,
        times: 0,
      });
      assert.equal((await service.post()).status, 502);
      world.faults.clear();
      const { text } = await look(service.url);
      assert.equal(verdictsIn(text)['right'], 'bad: Not right. shop was not counted.');
      assert.match(cells(text, 'filter', 'shop').at(-1)!, /not read: sentry: answered 400: <b>no<\/b>/);
      if (kind === 'a ledger')
        assert.deepEqual([countsIn(text, 'shop').slice(-2), cells(text, 'filter', 'shop')[1]], [['3', '-'], '–']);
    });

    it(`no filter can be read, with ${kind}: nothing was counted, and it does not say so`, async () => {
      const { world } = bench.sandbox;
      const service = await bench.serve(FILTERS, env());
      assert.equal((await service.post(`?end=${new Date(START).toISOString()}`)).status, 200);
      world.faults.add({
        vendor: 'sentry',
        endpoint: 'events-table',
        kind: 'status',
        status: 400,
        body: '{}',
        times: 0,
      });
      assert.equal((await service.post()).status, 503);
      world.faults.clear();
      assert.equal(
        (await verdicts(service))['running'],
        'bad: Nothing counted. Tried 10:00–10:05 UTC, just now on host-1; no filter could be counted. Their notes say why.',
      );
    });

    it(`Sentry falls silent, with ${kind}: the zeros are no all-clear`, async () => {
      const { world } = bench.sandbox;
      world.addEvents(burst('web', 101, 200, { at: START + 1000 }));
      bench.clock.advance(FIVE);
      const service = await bench.serve(FILTERS, env());
      assert.equal((await service.post()).status, 200);
      const { text } = await look(service.url);
      assert.match(
        verdictsIn(text)['right']!,
        /^bad: Not right\. Sentry itself has fallen silent: its zeros are no all-clear\./,
      );
      assert.equal(verdictsIn(text)['trending'], 'idle: Not known. Sentry is silent: no issue can be seen to trend.');
      assert.deepEqual(
        [
          countsIn(text, 'shop').at(-1),
          cells(text, 'filter', 'shop')[1]!.slice(0, 1),
          cells(text, 'filter', 'shop').at(-1)!.slice(0, 16),
        ],
        ['0+', '0', 'Sentry is silent'],
      );
    });

    it(`nobody posts any more, with ${kind}: it is late, and by how much`, async () => {
      const service = await bench.serve(FILTERS, env());
      await service.post();
      assert.match(
        (await verdicts(service))['running']!,
        /^good: Running\. Counted 10:00–10:05 UTC, just now on host-1\.$/,
      );
      bench.clock.advance(FIVE + 29_000);
      assert.match(
        (await verdicts(service))['running']!,
        /^good: Running\. Counted 10:00–10:05 UTC, 5 min ago on host-1\.$/,
      );
      bench.clock.advance(FIVE);
      assert.match(
        (await verdicts(service))['running']!,
        /^bad: Late\. The last counted window is 10:00–10:05 UTC, 10 min ago on host-1; 1 window is overdue\. Check the cron job/,
      );
    });
  }
});
