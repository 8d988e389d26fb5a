import assert from 'node:assert/strict';
import type { LedgerBench } from '../support/e2e/bench.ts';
import type { Service } from '../support/e2e/service.ts';
import { openState, STATES } from '../support/looks/states.ts';
import { type Browser, describeInBrowser, openBrowser } from '../support/pages/browser.ts';

/** What a page may cost who looks, with three filters: packed bytes of all that it loads, nodes, how far it jumps. */
const MOST = { bytes: 60_000, requests: 5, nodes: 1_500, shift: 0.02 };
/** A filter's own page has a day of windows, bar by bar and row by row. */
const NODES_OF_A_FILTER = 6_000;

const READ = `new Promise((done) => {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => {
    const loads = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    done({
      bytes: loads.reduce((sum, it) => sum + it.encodedBodySize, 0),
      requests: loads.length,
      nodes: document.querySelectorAll('*').length,
      shift: shifts.reduce((sum, it) => sum + it.value, 0),
    });
  }, 300);
})`;

describeInBrowser('what a page costs', () => {
  let browser: Browser;
  let bench: LedgerBench;
  let service: Service;

  before(async () => {
    browser = await openBrowser();
    ({ bench, service } = await openState(STATES.find(({ name }) => name === 'overview-trending-dark')!));
  });
  after(async () => {
    await browser.close();
    await bench.close();
  });

  for (const path of ['/', '/filters', '/issues', '/status', '/filters/shop'])
    it(`is little: ${path}`, async () => {
      const { page, complaints, close } = await browser.open(`${service.url}${path}`);
      const cost = await page.evaluate<typeof MOST>(READ);
      const most = path.startsWith('/filters/') ? { ...MOST, nodes: NODES_OF_A_FILTER } : MOST;
      for (const key of Object.keys(most) as (keyof typeof most)[])
        assert.ok(cost[key] <= most[key], `${key}: ${JSON.stringify(cost)}, at most ${most[key]}`);
      assert.ok(cost.bytes > 1_000 && cost.requests >= 3 && cost.nodes > 50, JSON.stringify(cost));
      assert.deepEqual(complaints, []);
      await close();
    });

  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const)
    it(`shows a filter's verdicts, numbers and whole chart on the first screen, ${width} x ${height}`, async () => {
      const { page, close } = await browser.open(`${service.url}/filters/shop`, { viewport: { width, height } });
      const heads = page.locator('.verdicts strong, .facts dt');
      assert.deepEqual(await heads.allInnerTexts(), [
        ...['Running.', 'Right.', '2 issues trend.', 'Ledger in order.'],
        ...['Now', 'Usually', 'Issues', 'Team'],
      ]);
      for (const part of [...(await heads.all()), page.locator('#chart .counts')]) {
        const { y, height: tall } = (await part.boundingBox())!;
        assert.ok(
          y >= 0 && y + tall <= height,
          `${await part.evaluate((it) => it.outerHTML.slice(0, 80))}: ${y + tall}`,
        );
      }
      await close();
    });
});
