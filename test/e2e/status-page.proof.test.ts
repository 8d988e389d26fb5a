import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Service } from '../support/e2e/service.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';
import { openVendor, type Vendor } from '../support/watches/vendor.ts';

const ANN = { username: 'ann', password: 'ann-0123456789-abcdef' };

describeInBrowser('the page of the status, in a browser', () => {
  let browser: Browser;
  let bench: AlertBench;
  let vendor: Vendor;
  let service: Service;

  before(async () => {
    browser = await openBrowser();
    bench = await openAlertBench('stopped');
    vendor = await openVendor();
    const file = {
      watches: {
        github: { url: vendor.url, value: 'n', labels: { repo: 'acme' } },
        site: { url: vendor.url, value: 'state', tell: 'hook', alerts: ['value changes to "down"'] },
        gone: { http: 'http://127.0.0.1:9/' },
      },
      digests: [{ name: 'morning', at: 'Mon-Fri 09:00 Europe/Berlin', tell: 'hook' }],
    };
    const env = {
      LEDGER_URL: bench.ledgerUrl,
      PAGE_ACTIONS: 'true',
      PAGE_USERS: `${ANN.username}:${ANN.password}`,
      HEARTBEAT_URL: '',
    };
    service = await bench.serveRules(['events > 100'], { env, file });
    for (let step = 0; step < 12; step++) {
      vendor.answer(200, JSON.stringify({ n: 10 + ((step * 7) % 5), state: step < 6 ? 'up' : 'down' }));
      await fetch(`${service.url}/due`, { method: 'POST', headers: { connection: 'close' } });
      bench.clock.advance(300_000);
    }
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await Promise.all([browser.close(), bench.close(), vendor.close()]);
  });

  const open = async (look: Parameters<Browser['open']>[1] = {}): Promise<Page> =>
    (await browser.open(`${service.url}/status`, { httpCredentials: ANN, ...look })).page;

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 375, 320])
      it(`axe finds nothing and nothing hangs over, ${colorScheme}, ${width} wide`, async () => {
        const page = await open({ viewport: { width, height: 900 }, colorScheme });
        assert.deepEqual(await findingsIn(page), []);
        assert.deepEqual(await overflowOf(page), 0);
        if (process.env['LOOK'] !== undefined)
          writeFileSync(
            `${process.env['LOOK']}/status-${colorScheme}-${width}.png`,
            await page.screenshot({ fullPage: true }),
          );
      });

  it('says it all without script, and looks again when somebody asks', async () => {
    const page = await open({ javaScriptEnabled: false });
    const text = await page.innerText('main');
    for (const words of ['Watches', 'github', 'Channels', 'Schedules', 'digest morning', 'Jobs'])
      assert.ok(text.includes(words), words);
    const asked = vendor.asked.length;
    await page.click('tr[data-watch="github"] >> text=look now');
    await page.click('button');
    assert.equal(new URL(page.url()).pathname, '/status');
    assert.equal(vendor.asked.length, asked + 1);
  });
});
