import assert from 'node:assert/strict';
import { type Bench, burst, openLedgerBench, START } from '../support/e2e/bench.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';

const FIVE = 300_000;
const TEAMS = ['checkout', 'crm', 'a team with a rather long name, which has spaces'];
const FILTERS: readonly FilterSpec[] = [
  ...Array.from({ length: 42 }, (_, n) => ({ name: `filter-${n}`, team: TEAMS[n % 3]!, projects: ['calm'] })),
  { name: 'trending', team: 'crm', projects: ['web'] },
  { name: 'lost', projects: ['gone'] },
  { name: `long-${'x'.repeat(55)}`, projects: ['web'] },
];
const TITLES = ['short', 'word '.repeat(800), 'x'.repeat(4_000), '<img src=x onerror="window.hit = 1">'.repeat(40)];
const PATHS = ['/', '/filters', '/issues', '/status', '/?sort=now&q=filter', '/?at=2026-11-20T10:00:00Z&range=1h'];

describeInBrowser('the pages of all filters in a browser', () => {
  let browser: Browser;
  let bench: Bench;
  let service: Service;
  const open: Browser['open'] = (path, ...rest) => browser.open(`${service.url}${path}`, ...rest);

  before(async () => {
    browser = await openBrowser();
    const opened = await openLedgerBench({ time: 'stopped' });
    bench = opened;
    const { world } = bench.sandbox;
    for (const slug of ['web', 'calm']) world.addProject({ slug });
    for (let back = 0; back < 3; back++) world.addEvents(burst('calm', 201, 5, { at: START - back * FIVE }));
    TITLES.forEach((title, n) => world.addEvents(burst('web', 500 + n, 9 + n, { title, culprit: title })));
    service = await bench.serve(FILTERS, { LEDGER_URL: opened.ledgerUrl });
    for (const back of [2, 1, 0]) await service.post(`?end=${new Date(START + FIVE - back * FIVE).toISOString()}`);
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await browser.close();
    await bench.close();
  });

  for (const scheme of ['light', 'dark'] as const)
    it(`have nothing that axe complains of, ${scheme}, wide and narrow`, async () => {
      for (const path of [...PATHS, '/docs/faults.md', '/filters/unknown'])
        for (const width of [1280, 360]) {
          const { page } = await open(path, { viewport: { width, height: 800 }, colorScheme: scheme });
          assert.deepEqual(await findingsIn(page), [], `${path} at ${width}`);
        }
    });

  it('fit every width, also when all is twice as large', async () => {
    for (const path of PATHS)
      for (const width of [320, 390, 640, 768, 1280, 2560]) {
        const { page } = await open(path, { viewport: { width, height: 800 } });
        assert.equal(await overflowOf(page), 0, `${path} at ${width}`);
      }
  });

  it('keep every title to two lines, whatever it is, and show it whole where the pointer rests', async () => {
    const { page, complaints } = await open('/issues');
    const seen = await page.evaluate<[number, string][]>(
      "[...document.querySelectorAll('[data-issue] .clamp')].map((it) => [it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight), it.title])",
    );
    assert.ok(seen.length >= TITLES.length);
    assert.ok(
      seen.every(([lines]) => lines < 2.1),
      seen.map(([lines]) => lines).join(' '),
    );
    const whole = seen.map(([, title]) => `${title.slice(0, 5)} ${title.length}`);
    for (const title of TITLES) assert.ok(whole.includes(`${title.slice(0, 5)} ${title.length}`), whole.join(', '));
    assert.equal(await page.evaluate('window.hit'), undefined);
    assert.deepEqual(complaints, []);
  });

  it('unfold, fold, sort and search by keyboard alone, and without script', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open('/', { javaScriptEnabled });
      const rows = (): Promise<number> => page.locator('tr[data-filter]').count();
      const press = async (selector: string): Promise<void> => {
        await page.locator(selector).focus();
        await page.keyboard.press('Enter');
      };
      const folded = await rows();
      assert.ok(folded < 10, `${folded} rows`);
      await press('#t-crm');
      await page.locator('#t-crm[aria-expanded="true"]').waitFor();
      assert.equal(await rows(), folded + 14);
      await press('#t-crm');
      await page.locator('#t-crm[aria-expanded="false"]').waitFor();
      await press('thead th:first-child a');
      await page.locator('th[aria-sort="ascending"]').waitFor();
      await page.locator('#q').focus();
      await page.keyboard.type('trend');
      await page.keyboard.press('Enter');
      await page.locator('text=1 of 45 filters match').waitFor();
      assert.equal(await rows(), 1);
      await press('a:text("show all")');
      await page.locator('text=filters match').waitFor({ state: 'detached' });
    }
  });

  it('take an instant from the field of date and time, as UTC', async () => {
    const { page } = await open('/filters', { timezoneId: 'America/New_York' });
    await page.locator('#at').fill('2026-11-20T10:00');
    await page.locator('form:has(#at) button').click();
    await page.locator('text=This is the past').waitFor();
    assert.match(await page.locator('h1').innerText(), /12 hours, 19 Nov 22:00 – 20 Nov 10:00 UTC/);
    await page.locator('a:text("Back to now")').click();
    await page.locator('text=This is the past').waitFor({ state: 'detached' });
  });

  it('keep the heads of columns in sight', async () => {
    const { page } = await open('/filters', { viewport: { width: 1280, height: 600 } });
    await page.evaluate("document.querySelector('[data-filter=\"filter-40\"]').scrollIntoView({ block: 'center' })");
    const tops = await page.evaluate<number[]>(
      "[...document.querySelectorAll('thead th')].map((it) => it.getBoundingClientRect().top)",
    );
    assert.ok(tops.length === 6 && tops.every((top) => Math.abs(top) < 1), tops.join(' '));
  });

  it('have headings in order, landmarks, and tables with names and heads', async () => {
    for (const path of PATHS) {
      const { page } = await open(path);
      const levels = await page.evaluate<number[]>(
        "[...document.querySelectorAll('h1, h2, h3')].map((it) => Number(it.tagName[1]))",
      );
      assert.equal(levels.filter((level) => level === 1).length, 1, path);
      assert.ok(
        levels.every((level, n) => level <= (levels[n - 1] ?? 0) + 1),
        `${path}: ${levels.join(' ')}`,
      );
      assert.deepEqual(
        await page.evaluate(
          "[...document.querySelectorAll('header, nav, main, footer')].map((it) => it.tagName).join(' ') + ' ' + [...document.querySelectorAll('table')].every((it) => it.caption?.textContent.trim() && [...it.tHead.querySelectorAll('th')].every((th) => th.scope === 'col'))",
        ),
        'HEADER NAV MAIN FOOTER true',
        path,
      );
    }
  });

  it('are printed with date and address, without what can be pressed', async () => {
    const { page } = await open('/filters?range=24h');
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['.pages', '.controls', '.age', '.skip'])
      assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    assert.match(
      await page.locator('.printed').innerText(),
      /^Printed from \/filters\?range=24h, as of 2026-11-20 10:07 UTC\.$/,
    );
    assert.equal(await page.evaluate("getComputedStyle(document.querySelector('thead th')).position"), 'static');
  });

  it('move nothing for who wants no motion', async () => {
    for (const [reducedMotion, moves] of [
      ['reduce', false],
      ['no-preference', true],
    ] as const) {
      const { page } = await open('/', { reducedMotion });
      const longest = await page.evaluate<number>(
        "Math.max(...[...document.querySelectorAll('*')].map((it) => parseFloat(getComputedStyle(it).transitionDuration)))",
      );
      assert.equal(longest > 0, moves, reducedMotion);
    }
  });
});
