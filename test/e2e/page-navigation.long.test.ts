import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Bench, burst, openLedgerBench } from '../support/e2e/bench.ts';
import type { FilterSpec, Service } from '../support/e2e/service.ts';
import { textOf } from '../support/pages/bars.ts';
import { type Browser, describeInBrowser, openBrowser, type Tab } from '../support/pages/browser.ts';
import { until } from '../support/time/until.ts';

const FILTERS: readonly FilterSpec[] = [
  ...Array.from({ length: 30 }, (_, n) => ({ name: `web-${n}`, team: 'sales', projects: ['web'] })),
  { name: 'api', team: 'core', projects: ['api'] },
];

describeInBrowser('the page is gone through in place', () => {
  let browser: Browser;
  let bench: Bench;
  let service: Service;
  let tab: Tab;

  const page = (): Page => tab.page;
  const address = (): string => page().url().slice(service.url.length);
  const heading = (): Promise<string> => textOf(page(), 'main h1');
  /** Whether the document is still the one that was loaded first. */
  const isInPlace = async (): Promise<boolean> => (await page().evaluate('window.mine')) === true;
  const isAt = (wanted: string): Promise<unknown> => until(`it is at ${wanted}`, () => address() === wanted);

  before(async () => {
    browser = await openBrowser();
    const opened = await openLedgerBench({ time: 'stopped' });
    bench = opened;
    for (const slug of ['web', 'api']) bench.sandbox.world.addProject({ slug });
    bench.sandbox.world.addEvents([...burst('web', 101, 4), ...burst('api', 201, 2)]);
    service = await bench.serve(FILTERS, { LEDGER_URL: opened.ledgerUrl });
    assert.equal((await service.post()).status, 200);
  });
  beforeEach(async () => {
    tab = await browser.open(`${service.url}/`, { viewport: { width: 1000, height: 600 } });
    await page().evaluate('window.mine = true');
  });
  afterEach(() => tab.close());
  after(async () => {
    await browser.close();
    await bench.close();
  });

  it('by links: content, title, navigation and address change; back and forward bring each where it lay', async () => {
    await page().evaluate("document.getElementById('a-web-20').scrollIntoView({ block: 'center' })");
    const y = await page().evaluate<number>('scrollY');
    assert.ok(y > 100, 'the page was scrolled');
    await page().locator('#a-web-20').click();
    await isAt('/filters/web-20');
    assert.equal(await heading(), 'web-20');
    assert.match(await page().title(), /web-20 – sentry-monitor$/);
    assert.deepEqual(
      await page().evaluate(
        "[scrollY, document.activeElement.id, document.querySelector('nav.pages [aria-current]').textContent]",
      ),
      [0, 'main', 'Filters'],
    );
    await page().locator('nav.pages a', { hasText: 'Status' }).click();
    await isAt('/status');
    await page().goBack();
    await until('the filter is there', async () => (await heading()) === 'web-20');
    await page().goBack();
    await until('the overview is there', async () => (await heading()) === 'Overview');
    await until('where it lay', async () => Math.abs((await page().evaluate<number>('scrollY')) - y) < 5);
    await page().goForward();
    await until('the filter is there again', async () => (await heading()) === 'web-20');
    assert.ok(await isInPlace());
    assert.deepEqual(tab.complaints, []);
  });

  it('by forms and choices: focus and place stay', async () => {
    await page().locator('nav.pages a', { hasText: 'Filters' }).click();
    await isAt('/filters');
    await page().locator('#q').fill('api');
    await page().keyboard.press('Enter');
    await isAt('/filters?q=api');
    assert.equal(await page().locator('tr[data-filter]').count(), 1);
    assert.equal(await page().evaluate('document.activeElement.id'), 'q');
    await page().keyboard.press('ControlOrMeta+a');
    await page().keyboard.press('Delete');
    await page().keyboard.press('Enter');
    await isAt('/filters');
    assert.equal(await page().locator('tr[data-filter]').count(), 31);
    await page().locator('main .group a', { hasText: '7d' }).click();
    await isAt('/filters?range=7d');
    assert.equal(await page().evaluate('document.activeElement.textContent'), '7d');
    await page().evaluate("document.getElementById('a-web-20').scrollIntoView({ block: 'center' })");
    const place = (): Promise<number> =>
      page().evaluate("document.getElementById('a-web-20').getBoundingClientRect().top");
    const before = await place();
    await page().evaluate(
      "[...document.querySelectorAll('main .group a')].find((it) => it.textContent === '1h').click()",
    );
    await isAt('/filters?range=1h');
    assert.ok(await isInPlace());
    assert.deepEqual(tab.complaints, []);
    assert.ok(Math.abs((await place()) - before) < 60, `${before}, ${await place()}`);
  });

  it('by keyboard alone', async () => {
    const go = async (text: string): Promise<void> => {
      for (let n = 0; n < 60; n++) {
        await page().keyboard.press('Tab');
        if ((await page().evaluate('document.activeElement.textContent.trim()')) === text) break;
      }
      await page().keyboard.press('Enter');
    };
    await go('Filters');
    await isAt('/filters');
    await go('24h');
    await isAt('/filters?range=24h');
    assert.equal(await page().evaluate('document.activeElement.textContent'), '24h');
    await go('api');
    await until('the filter is there', async () => (await heading()) === 'api');
    for (let n = 0; n < 60 && (await page().evaluate('document.activeElement.id')) !== 'plot'; n++)
      await page().keyboard.press('Tab');
    await page().keyboard.press('End');
    assert.match(await textOf(page(), '.heard'), /^Fri 20 Nov, 10:00–10:05 UTC, 2 events/);
    assert.ok(await isInPlace());
  });

  it('and what is odd is left to the browser: another tab, pages that are none, an answer that is refused', async () => {
    const [opened] = await Promise.all([
      page().context().waitForEvent('page'),
      page()
        .locator('#a-api')
        .click({ modifiers: ['ControlOrMeta'] }),
    ]);
    await opened.waitForURL(`${service.url}/filters/api`);
    assert.equal(address(), '/');
    await page().evaluate(
      "(() => { const link = document.createElement('a'); link.href = '/healthz'; link.id = 'odd'; link.textContent = 'odd'; document.querySelector('main').prepend(link); })()",
    );
    await page().locator('#odd').click();
    await isAt('/healthz');
    await page().goto(`${service.url}/`);
    await page().evaluate('window.mine = true');
    const fetched: string[] = [];
    await page().route('**/issues', (route) => {
      fetched.push(route.request().resourceType());
      return fetched.length === 1 ? route.fulfill({ status: 500 }) : route.continue();
    });
    await page().locator('nav.pages a', { hasText: 'Issues' }).click();
    await isAt('/issues');
    await until('it was loaded as ever', async () => (await heading()).startsWith('Issues'));
    assert.deepEqual(fetched, ['fetch', 'document']);
    assert.equal(await isInPlace(), false);
  });

  it('and a refresh that answers late changes nothing of the page that came after it', async () => {
    await page().clock.install();
    await page().locator('nav.pages a', { hasText: 'Filters' }).click();
    await isAt('/filters');
    const late = Promise.withResolvers<void>();
    await page().route('**/filters', async (route) => {
      await late.promise;
      await route.continue().catch(() => undefined);
    });
    await Promise.all([page().waitForRequest('**/filters'), page().clock.fastForward(31_000)]);
    await page().locator('nav.pages a', { hasText: 'Status' }).click();
    await isAt('/status');
    late.resolve();
    await page().locator('nav.pages a', { hasText: 'Issues' }).click();
    await isAt('/issues');
    assert.match(await heading(), /^Issues/);
    assert.ok(await isInPlace());
  });

  it('and who goes back and at once forward again stays where the address says', async () => {
    await page().locator('nav.pages a', { hasText: 'Filters' }).click();
    await isAt('/filters');
    const held = Promise.withResolvers<void>();
    await page().route(/:\d+\/(filters)?$/, async (route) => {
      await held.promise;
      await route.continue().catch(() => undefined);
    });
    await Promise.all([page().waitForRequest(/:\d+\/$/), page().evaluate('history.back()')]);
    await Promise.all([page().waitForRequest('**/filters'), page().evaluate('history.forward()')]);
    held.resolve();
    await until('it is there', async () => (await page().locator('main[aria-busy]').count()) === 0);
    assert.equal(new URL(page().url()).pathname, '/filters');
    assert.match(await heading(), /^Filters/);
  });

  it('and a refresh asks for what is shown, with its choices', async () => {
    await page().clock.install();
    await page().locator('nav.pages a', { hasText: 'Filters' }).click();
    await isAt('/filters');
    await page().locator('main .group a', { hasText: '7d' }).click();
    await isAt('/filters?range=7d');
    const [request] = await Promise.all([
      page().waitForRequest((it) => it.resourceType() === 'fetch'),
      page().clock.fastForward(31_000),
    ]);
    assert.equal(request.url(), `${service.url}/filters?range=7d`);
  });
});
