import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Service } from '../support/e2e/service.ts';
import { openQueueBench, type QueueBench, withKeys } from '../support/intakes/queue-bench.ts';
import { serveIssues } from '../support/looks/issues.ts';
import { ANN } from '../support/looks/people.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';

const WIDTHS = [320, 375, 640, 768, 1024, 1440, 2560];
const BIGGEST = '/issues/6507376000';
const PATHS = [
  ...['/issues', '/issues?range=30d&by=users&page=2', '/issues?q=nothing+like+that&state=new', '/issues?of=window'],
  ...[BIGGEST, '/issues/6507376003', '/issues/6507376001?project=back', '/issues/no-such'],
];

describeInBrowser('issues of intakes, in a browser', () => {
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
    it(`axe finds nothing in them, ${colorScheme}, wide and narrow`, async () => {
      for (const path of PATHS)
        for (const width of [1280, 375]) {
          const page = await open(path, { viewport: { width, height: 800 }, colorScheme });
          assert.deepEqual(await findingsIn(page), [], `${path} at ${width}`);
          await page.context().close();
        }
    });

  it('no line of theirs leaves the window', async () => {
    for (const path of PATHS) {
      const page = await open(path);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        assert.equal(await overflowOf(page), 0, `${path} at ${width}`);
      }
    }
  });

  for (const javaScriptEnabled of [true, false])
    it(`one finds an issue and its calls ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
      const page = await open('/issues?range=30d', { javaScriptEnabled });
      await page.getByRole('searchbox').fill('CART IS UNDEFINED');
      await page.getByLabel('project').selectOption('shop');
      await page.getByRole('button', { name: 'Find' }).click();
      await page.waitForURL(/q=CART/);
      assert.match(page.url(), /range=30d/);
      assert.match(page.url(), /project=shop/);
      await page.locator('tr[data-issue="6507376000"] a').click();
      await page.waitForURL(/6507376000/);
      assert.equal(await page.locator('.frames li').first().innerText(), 'total in app/cart.js:17:9');
      assert.match(await page.locator('#alerts ~ table').innerText(), /lead: told/);
      await page.getByText('18 older calls').click();
      assert.ok(await page.getByText('app/middleware/step0.js').isVisible());
    });

  it('one reads what a day had by keyboard', async () => {
    const page = await open(BIGGEST);
    await page.locator('#plot').focus();
    const heard = page.locator('.heard');
    for (const words of [/^Fri 20 Nov UTC, 7 events/, /^Thu 19 Nov UTC, \d+ events/]) {
      await page.keyboard.press('ArrowLeft');
      assert.match((await heard.textContent())!, words);
    }
  });

  it('titles are text', async () => {
    const page = await open('/issues?range=30d');
    assert.equal(await page.locator('main img').count(), 0);
  });
});
