import assert from 'node:assert/strict';
import type { LedgerBench } from '../support/e2e/bench.ts';
import type { Service } from '../support/e2e/service.ts';
import { openState, STATES } from '../support/looks/states.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';

const PATHS = ['/?range=7d&scale=shared', '/status', '/filters/shop', '/filters/shop?range=30d', '/filters/no'];
const WIDTHS = [320, 360, 480, 640, 721, 768, 1024, 1280, 1920, 2560];

describeInBrowser('pages in trouble', () => {
  let browser: Browser;
  let bench: LedgerBench;
  let service: Service;

  before(async () => {
    browser = await openBrowser();
    ({ bench, service } = await openState(STATES.find(({ name }) => name === 'status-sink-down')!));
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await browser.close();
    await bench.close();
  });

  for (const path of PATHS)
    for (const colorScheme of ['light', 'dark'] as const)
      it(`are such that axe finds nothing, ${colorScheme}: ${path}`, async () => {
        const { page } = await browser.open(`${service.url}${path}`, { colorScheme });
        assert.deepEqual(await findingsIn(page), []);
      });

  for (const path of PATHS)
    it(`have no line that leaves the window, from ${WIDTHS[0]!} to ${WIDTHS.at(-1)!} pixels: ${path}`, async () => {
      const { page } = await browser.open(`${service.url}${path}`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        assert.equal(await overflowOf(page), 0, `at ${width}`);
      }
    });

  it('fit at 200 % and on paper', async () => {
    for (const path of PATHS) {
      const { page } = await browser.open(`${service.url}${path}`, { viewport: { width: 1280, height: 740 } });
      // What a browser does at 200 %: half as many pixels.
      await page.setViewportSize({ width: 640, height: 370 });
      assert.equal(await overflowOf(page), 0, `${path} at 200 %`);
      await page.setViewportSize({ width: 1280, height: 740 });
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 718, height: 1000 });
      assert.equal(await overflowOf(page), 0, `${path} on paper`);
    }
  });
});
