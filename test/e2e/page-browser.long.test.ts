import assert from 'node:assert/strict';
import { type Bench, burst, openLedgerBench, START, truth } from '../support/e2e/bench.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';
import { barsOf, chartBars, chartSlots, textOf } from '../support/pages/bars.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';

const FIVE = 300_000;
const WINDOWS = 144;
const FILTERS: readonly FilterSpec[] = [
  { name: 'shop', team: 'sales', projects: ['web', 'api'] },
  { name: 'quiet', projects: ['calm'] },
];
/** Windows before the last one that nobody posts, and the one whose issues Sentry does not tell. */
const MISSED = [3, 4, 9];
const CUT = 6;
const HOSTILE = [
  '<img src=x onerror="window.hit = 1">',
  '<script>window.hit = 2</script>',
  '"><svg onload="window.hit = 3">',
  '\u202Etxet desrever\u2066 \u200Bzero',
  "'; window.hit = 4; //",
  '</title></bdi></main>',
];

describeInBrowser('the page in a browser', () => {
  let browser: Browser;
  let bench: Bench;
  let service: Service;
  const open: Browser['open'] = (...args) => browser.open(...args);

  before(async () => {
    browser = await openBrowser();
    const opened = await openLedgerBench({ time: 'stopped' });
    bench = opened;
    const { world } = bench.sandbox;
    for (const slug of ['web', 'api', 'calm']) world.addProject({ slug });
    for (let back = 0; back < WINDOWS; back++)
      world.addEvents(burst('web', 101, (back * 7) % 23, { at: START - back * FIVE + 1000, title: 'Error: steady' }));
    HOSTILE.forEach((title, n) => world.addEvents(burst('api', 500 + n, 5 + n, { title, culprit: title })));
    world.patchIssue('500', { permalink: 'javascript:window.hit=5' });
    service = await bench.serve(FILTERS, { LEDGER_URL: opened.ledgerUrl });
    const post = async (back: number): Promise<void> =>
      assert.equal((await service.post(`?end=${new Date(START + FIVE - back * FIVE).toISOString()}`)).status, 200);
    const backs = Array.from({ length: 13 }, (_, n) => 12 - n).filter((back) => back !== CUT && !MISSED.includes(back));
    await post(WINDOWS - 1);
    world.faults.add({
      vendor: 'sentry',
      endpoint: 'events-table',
      kind: 'status',
      status: 400,
      match: 'field=issue.id&field=project.id&field=count()',
      times: 0,
    });
    await post(CUT);
    world.faults.clear();
    for (const back of backs) await post(back);
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await browser.close();
    await bench.close();
  });

  it('has the numbers that the sandbox counts, and a bar for each window that was counted, as high as its count', async () => {
    const { page, complaints } = await open(service.url);
    for (const { name, projects } of FILTERS) {
      const counts = await Promise.all(
        Array.from({ length: WINDOWS }, (_, n) => truth(bench, START - (WINDOWS - 1 - n) * FIVE, projects)),
      );
      const counted = (n: number): boolean => n === 0 || (n >= WINDOWS - 13 && !MISSED.includes(WINDOWS - 1 - n));
      const peak = Math.max(...counts.filter((_, n) => counted(n)), 1);
      const bars = counts.flatMap((events, n) =>
        counted(n) ? [{ left: n * 3, height: events === 0 ? 1 : Math.max(2, Math.round((events / peak) * 32)) }] : [],
      );
      // Where nothing was counted no issues are asked for, so nothing is missing.
      const cut = counts[WINDOWS - 1 - CUT]! > 0 ? (WINDOWS - 1 - CUT) * 3 : null;
      assert.deepEqual(
        await barsOf(page, name, 'bars'),
        bars.filter(({ left }) => left !== cut),
        name,
      );
      assert.deepEqual(
        await barsOf(page, name, 'open'),
        bars.filter(({ left }) => left === cut).map(({ left, height }) => ({ left, height: Math.max(5, height) })),
        `${name}, incomplete`,
      );
      assert.deepEqual(
        await barsOf(page, name, 'gaps'),
        [
          { left: 3, height: (WINDOWS - 14) * 3 },
          { left: (WINDOWS - 10) * 3, height: 3 },
          { left: (WINDOWS - 5) * 3, height: 6 },
        ],
        `${name}, not counted`,
      );
      assert.equal(await textOf(page, `[data-filter="${name}"] td.count`), String(counts.at(-1)));
    }
    assert.ok(
      (await barsOf(page, 'shop', 'bars')).length === 10 &&
        (await barsOf(page, 'shop', 'open')).length === 1 &&
        (await barsOf(page, 'quiet', 'bars')).every(({ height }) => height === 1),
      'there was something to compare',
    );
    assert.deepEqual(complaints, []);
  });

  it('has a chart of its own for a filter, whose bars are as high as the counts', async () => {
    const { page, complaints } = await open(`${service.url}/filters/shop`);
    const [bars, slots] = [await chartBars(page), await chartSlots(page)];
    const told = [...bars].filter(([, { kind }]) => kind.startsWith('told')).map(([slot]) => slot);
    assert.deepEqual([told.length, bars.size - told.length, slots.length], [288 - WINDOWS, 11, 288]);
    const counted: number[] = []; // The highest is 45: the axis goes to 50, which is 210 pixels high.
    for (const back of [0, 1, 2, 5, 7, 8, 10, 11, 12]) {
      const start = START - back * FIVE;
      const events = await truth(bench, start, ['web', 'api']);
      const [from, to] = [start, start + FIVE].map((at) => new Date(at).toISOString().slice(11, 16));
      const { lines } = slots[287 - back]!;
      assert.match(lines[0]!, new RegExp(`, ${from}–${to} UTC$`));
      assert.deepEqual([lines[1], bars.get(287 - back)?.kind], [`${events} event${events === 1 ? '' : 's'}`, 'bars']);
      counted.push(events);
      const wanted = events === 0 ? 1.5 : Math.max(3, (events / 50) * 210);
      assert.ok(Math.abs(bars.get(287 - back)!.height - wanted) < 0.02, `${events}: ${bars.get(287 - back)!.height}`);
    }
    assert.ok(
      Math.max(...counted) === 45 && counted.filter((it) => it > 0).length >= 8,
      'there was something to compare',
    );
    assert.equal(slots[287 - 3]!.lines[1], 'not counted');
    assert.deepEqual([bars.get(287 - CUT)?.kind, slots[287 - CUT]!.lines.at(-1)], ['open', 'incomplete']);
    const cells = await page.evaluate<string[]>(
      "[...document.querySelectorAll('tr[data-window]')].map((row) => row.getAttribute('data-window') + ' ' + row.querySelector('.count').textContent)",
    );
    assert.equal(cells.length, 288);
    for (const back of [0, 1, 5])
      assert.ok(
        cells.includes(
          `${new Date(START - back * FIVE).toISOString()} ${await truth(bench, START - back * FIVE, ['web', 'api'])}`,
        ),
      );
    assert.ok(cells.includes(`${new Date(START - 3 * FIVE).toISOString()} –`));
    assert.match(
      await textOf(page, `tr[data-window="${new Date(START - CUT * FIVE).toISOString()}"]`),
      /incomplete issues: not_answered, .* accepted/,
    );
    assert.deepEqual(complaints, []);
  });

  it('shows hostile titles as text, and links only to the web', async () => {
    for (const path of ['/', '/filters/shop']) {
      const { page, complaints } = await open(`${service.url}${path}`);
      const titles = await page.evaluate<Record<string, string>>(
        "Object.fromEntries([...document.querySelectorAll('tr[data-issue]')].map((row) => [row.getAttribute('data-issue'), row.querySelector('th bdi').textContent.trim()]))",
      );
      for (const [n, title] of HOSTILE.entries())
        assert.equal(titles[500 + n], title.replace(/[\u200B\u202E\u2066]/g, ''), path);
      assert.equal(await page.evaluate('window.hit'), undefined);
      assert.deepEqual(
        await page.evaluate(
          "[document.querySelectorAll('img, main script, [onload], [onerror], [style]').length, document.title.includes('sentry-monitor')]",
        ),
        [0, true],
      );
      const schemes = await page.evaluate<string[]>('[...new Set([...document.links].map((link) => link.protocol))]');
      assert.deepEqual(schemes, ['http:']);
      assert.equal(
        await page.evaluate(
          '[...document.querySelectorAll(\'[data-issue="500"] th a\')].map((link) => link.href).join()',
        ),
        `${bench.sandbox.sentryUrl}/organizations/acme/issues/500/`,
        "the row's own link serves",
      );
      assert.deepEqual(complaints, []);
    }
  });

  it('has a policy that refuses what is not its own', async () => {
    const { page, complaints } = await open(service.url);
    await page.evaluate(
      "for (const text of ['window.hit = 6']) { const script = document.createElement('script'); script.textContent = text; document.body.append(script); } const box = document.createElement('p'); box.setAttribute('style', 'color: red'); document.body.append(box)",
    );
    assert.equal(await page.evaluate('window.hit'), undefined);
    assert.equal(complaints.filter((text) => /Content Security Policy/.test(text)).length, 2, complaints.join('\n'));
    await assert.rejects(page.evaluate("fetch('http://localhost:1/')"), /Failed to fetch/);
  });

  for (const [width, scheme, ...paths] of [
    [360, 'light', '/', '/filters/shop', '/filters/unknown'],
    [360, 'dark', '/'],
    [1280, 'light', '/'],
    [1280, 'dark', '/filters/shop'],
  ] as const) {
    it(`fits ${width} pixels, ${scheme}, and axe finds nothing: ${paths.join(' ')}`, async () => {
      for (const path of paths) {
        const { page } = await open(`${service.url}${path}`, { viewport: { width, height: 740 }, colorScheme: scheme });
        assert.equal(await overflowOf(page), 0, path);
        assert.deepEqual(await findingsIn(page), [], path);
      }
    });
  }

  it('works without script: the same numbers, links, and a browser that loads it anew', async () => {
    const { page, complaints } = await open(service.url, { javaScriptEnabled: false });
    const text = await page.content();
    assert.match(text, /<meta http-equiv="refresh" content="60">/);
    assert.equal(
      (await page.locator('[data-filter="shop"] td.count').innerText()).trim(),
      String(await truth(bench, START, ['web', 'api'])),
    );
    await page.locator('[data-filter="shop"] th a').click();
    assert.equal(await page.locator('h1').innerText(), 'shop');
    await page.locator('#older summary').click();
    assert.ok(await page.locator('#older tbody tr').first().isVisible());
    assert.deepEqual(complaints, []);
  });

  it('can be used by keyboard: the first stop leads to the content, and every stop is seen', async () => {
    const { page } = await open(service.url);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    const stops = await page.evaluate<number>("document.querySelectorAll('main a, main summary').length");
    for (let n = 0; n < Math.min(stops, 8); n++) {
      await page.keyboard.press('Tab');
      const [inMain, outline, name] = await page.evaluate<[boolean, string, string]>(
        "[document.getElementById('main').contains(document.activeElement), getComputedStyle(document.activeElement).outlineStyle, document.activeElement.textContent]",
      );
      assert.deepEqual([inMain, outline], [true, 'solid'], name);
    }
  });
});
