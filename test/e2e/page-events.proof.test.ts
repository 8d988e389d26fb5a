import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Service } from '../support/e2e/service.ts';
import { openQueueBench, type QueueBench, withKeys } from '../support/intakes/queue-bench.ts';
import { serveIssues } from '../support/looks/issues.ts';
import { ANN } from '../support/looks/people.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';

const WIDTHS = [320, 375, 640, 768, 1024, 1440, 2560];
const PATHS = [
  ...['/events?range=30d', '/events?range=30d&q=cart&level=error&project=shop', '/events?q=nothing+like+that'],
  '/events?range=30d&after=2026-10-20T10:00:00.000Z_shop_shop-1-1',
];

describeInBrowser('single events of intakes, in a browser', () => {
  let browser: Browser;
  let bench: QueueBench;
  let service: Service;
  withKeys();

  before(async () => {
    browser = await openBrowser();
    bench = await openQueueBench();
    service = await serveIssues(bench, 120);
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await browser.close();
    await bench.close();
  });

  const open = async (path: string, look: Parameters<Browser['open']>[1] = {}): Promise<Page> =>
    (await browser.open(`${service.url}${path}`, { httpCredentials: ANN, ...look })).page;

  for (const colorScheme of ['light', 'dark'] as const)
    it(`axe finds nothing in their pages, ${colorScheme}, wide and narrow`, async () => {
      for (const path of PATHS)
        for (const width of [1280, 375]) {
          const page = await open(path, { viewport: { width, height: 800 }, colorScheme });
          await page
            .locator('details summary')
            .first()
            .click({ timeout: 1_000 })
            .catch(() => undefined);
          assert.deepEqual(await findingsIn(page), [], `${path} at ${width}`);
          await page.context().close();
        }
    });

  it('no line of their pages leaves the window', async () => {
    for (const path of PATHS) {
      const page = await open(path);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        assert.equal(await overflowOf(page), 0, `${path} at ${width}`);
      }
    }
  });

  it('one finds, unfolds, hides and restores without script', async () => {
    const page = await open('/events?range=30d&project=shop', { javaScriptEnabled: false });
    await page.getByRole('searchbox').fill('CART IS UNDEFINED 6507376004');
    await page.getByRole('button', { name: 'Find' }).click();
    assert.equal(await page.locator('tbody tr').count(), 2);
    await page.locator('summary').first().click();
    assert.match(await page.locator('tbody tr').first().innerText(), /shop@1\.20[^]*TypeError: cart is undefined #4/);
    await page.getByRole('link', { name: 'hide all like this' }).first().click();
    await page.getByLabel('Why').fill('known');
    await page.locator('main form button').click();
    await page.goto(`${service.url}/events?range=30d&project=shop&q=6507376004`);
    assert.match(await page.locator('main').innerText(), /1 hidden issue are left out[^]*No event is like that/);
    await page.getByRole('link', { name: 'show them' }).click();
    assert.equal(await page.locator('tbody tr').count(), 2);
    await page.locator('summary').first().click();
    await page.getByRole('link', { name: 'restore' }).first().click();
    await page.locator('main form button').click();
    await page.goto(`${service.url}/events?range=30d&project=shop&q=6507376004`);
    assert.equal(await page.locator('tbody tr').count(), 2);
  });
});
