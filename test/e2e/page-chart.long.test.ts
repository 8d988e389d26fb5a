import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Slot } from '../../src/server/pages/data/model.ts';
import { chartSlots, textOf } from '../support/pages/bars.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, type Tab } from '../support/pages/browser.ts';
import { FROM, type Made, madePage, serveMade, slotsOf } from '../support/pages/made-filter.ts';
import { until } from '../support/time/until.ts';

const FIVE = 300_000;
/** Six windows of ten events, then 0, 4, none, and 12. */
const COUNTS = [10, 10, 10, 10, 10, 10, 0, 4, null, 12];
const MADE: Made = {
  windows: slotsOf(COUNTS),
  before: slotsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).map((it) => ({ ...(it as Slot), start: it!.start - 10 * FIVE })),
  marks: [{ kind: 'deploy', start: FROM + 7 * FIVE, end: FROM + 7 * FIVE, text: 'release 1.4.2' }],
};

describeInBrowser("a filter's chart", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveMade>>;
  let tab: Tab;
  let made: Made;

  const open = async (...[options, prepare]: [Parameters<Browser['open']>[1]?, Parameters<Browser['open']>[2]?]) =>
    (tab = await browser.open(site.url, options, prepare));
  const said = (): Promise<string> => textOf(tab.page, '.slot-said');
  const heard = (): Promise<string> => textOf(tab.page, '.heard');
  /** The middle of a slot, pixels of the window. */
  const placeOf = async (page: Page, index: number): Promise<readonly [number, number]> => {
    const { x, y, width } = (await page.locator('#chart .counts').boundingBox())!;
    return [x + (width * (index + 0.5)) / COUNTS.length, y + 100];
  };

  before(async () => {
    browser = await openBrowser();
    made = MADE;
    site = await serveMade(() => madePage(made));
  });
  beforeEach(() => (made = MADE));
  afterEach(() => tab.close());
  after(async () => {
    await browser.close();
    await site.close();
  });

  it('tells the newest slot, and the one under the pointer while it is there', async () => {
    const { page, complaints } = await open();
    const newest = 'Fri 20 Nov, 10:45–10:50 UTC 12 events usual 8.5 to 10 period before: 10 Open in Sentry';
    assert.equal(await said(), newest);
    await page.mouse.move(...(await placeOf(page, 7)));
    assert.match(
      await said(),
      /^Fri 20 Nov, 10:35–10:40 UTC 4 events usual .* period before: 8 deploy: release 1\.4\.2 Open in Sentry$/,
    );
    await page.mouse.move(...(await placeOf(page, 8)));
    assert.match(await said(), /^Fri 20 Nov, 10:40–10:45 UTC not counted usual .* period before: 9 Open in Sentry$/);
    assert.equal(await page.locator('.slots .on').count(), 1);
    await page.mouse.move(1, 1);
    assert.match(await said(), /^Fri 20 Nov, 10:45–10:50 UTC 12 events/);
    assert.equal(await page.locator('.slots .on').count(), 0);
    assert.equal(await heard(), '', 'a pointer says nothing aloud');
    assert.deepEqual(complaints, []);
  });

  it('is read by keys: arrows, Home and End, a dozen at a time; it says so aloud, and Escape leaves', async () => {
    const { page } = await open();
    await page.locator('#plot').focus();
    const [role, label, outline] = await page.evaluate<string[]>(
      '(({ role, ariaLabel }, { outlineStyle }) => [role, ariaLabel, outlineStyle])(document.activeElement, getComputedStyle(document.activeElement))',
    );
    assert.deepEqual([role, outline], ['application', 'solid']);
    assert.match(label!, /arrow keys .* Enter opens/);
    const steps: readonly (readonly [string, RegExp])[] = [
      ['ArrowLeft', /^Fri 20 Nov, 10:45–10:50 UTC, 12 events, /],
      ['ArrowLeft', /10:40–10:45 UTC, not counted, /],
      ['ArrowRight', /10:45–10:50 UTC, 12 events/],
      ['ArrowRight', /10:45–10:50 UTC, 12 events/],
      ['Home', /10:00–10:05 UTC, 10 events, usual 3\.3 to 7\.8, period before: 1$/],
      ['ArrowLeft', /10:00–10:05 UTC/],
      ['PageDown', /10:45–10:50 UTC/],
      ['PageUp', /10:00–10:05 UTC/],
      ['End', /10:45–10:50 UTC/],
    ];
    for (const [key, words] of steps) {
      await page.keyboard.press(key);
      assert.match(await heard(), words, key);
    }
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.slots .on').count(), 0);
    assert.equal(await page.evaluate('scrollY'), 0, 'keys of the chart do not scroll');
  });

  it('leads to the same search: by Enter, by a click, and without script', async () => {
    const sentry = (index: number): string =>
      `https://sentry.example.com/search?start=${FROM + index * FIVE}&end=${FROM + (index + 1) * FIVE}`;
    const stub = (page: Page): Promise<unknown> =>
      page.route('https://sentry.example.com/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: 'sentry' }),
      );
    await open({}, stub);
    await tab.page.locator('#plot').focus();
    for (const key of ['Home', 'ArrowRight', 'Enter']) await tab.page.keyboard.press(key);
    await tab.page.waitForURL(sentry(1));
    await tab.page.goBack();
    await tab.page.mouse.click(...(await placeOf(tab.page, 8)));
    await tab.page.waitForURL(sentry(8));
    await tab.close();
    await open({ javaScriptEnabled: false }, stub);
    const slots = await chartSlots(tab.page);
    assert.deepEqual([slots[9]!.href, slots[9]!.lines[1]], [sentry(9), '12 events']);
    assert.equal(await tab.page.locator('#plot, .heard').count(), 0, 'no stop of the Tab key that does nothing');
    const rows = await tab.page.evaluate<string[]>(
      "[...document.querySelectorAll('tr[data-window] th a')].map(({ href }) => href)",
    );
    assert.deepEqual(rows, COUNTS.map((_, n) => sentry(n)).toReversed());
    await tab.page.mouse.click(...(await placeOf(tab.page, 2)));
    await tab.page.waitForURL(sentry(2));
  });

  it('is tapped: a finger asks first, and the line above has the link', async () => {
    const { page } = await open({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
    await page.locator('#chart').scrollIntoViewIfNeeded();
    await page.touchscreen.tap(...(await placeOf(page, 7)));
    await until('it is told', async () => /10:35–10:40 UTC 4 events/.test(await said()));
    assert.equal(page.url(), site.url, 'it did not go there');
    assert.equal(
      await page.locator('.slot-said a').getAttribute('href'),
      `https://sentry.example.com/search?start=${FROM + 7 * FIVE}&end=${FROM + 8 * FIVE}`,
    );
  });

  it('keeps what was chosen when the page refreshes itself, the keyboard too', async () => {
    const { page } = await open({}, async (it) => {
      await it.clock.install({ time: FROM });
      await it.clock.pauseAt(FROM + 1_000);
    });
    await page.locator('#plot').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.match(await said(), /10:35–10:40 UTC 4 events/);
    made = { ...MADE, windows: slotsOf(COUNTS.map((it, n) => (n === 7 ? 5 : it))) };
    await page.clock.fastForward(31_000);
    await until('the new count is told', async () => /10:35–10:40 UTC 5 events/.test(await said()));
    await page.keyboard.press('ArrowRight');
    assert.match(await heard(), /10:40–10:45 UTC, not counted/);
  });

  it("says the viewer's own time beside UTC, with its day where that is another", async () => {
    await open({ timezoneId: 'Asia/Kolkata' });
    assert.match(await said(), /^Fri 20 Nov, 10:45–10:50 UTC \(16:15–16:20 GMT\+5:30\) 12 events/);
    assert.match(await textOf(tab.page, '#made'), /^as of \d\d:\d\d UTC \(\d\d:\d\d GMT\+5:30\)$/);
    const title = await tab.page.evaluate("document.querySelector('tr[data-window] time').title");
    assert.equal(title, '16:15 GMT+5:30');
    await tab.close();
    await open({ timezoneId: 'Pacific/Auckland' });
    await tab.page.locator('#plot').focus();
    await tab.page.keyboard.press('Home');
    assert.match(await said(), /^Fri 20 Nov, 10:00–10:05 UTC \(23:00–23:05 GMT\+13\)/);
    made = { ...MADE, windows: slotsOf(Array<number>(24).fill(1)) };
    await tab.page.reload();
    assert.match(await said(), /^Fri 20 Nov, 11:55–12:00 UTC \(Sat 00:55–01:00 GMT\+13\)/);
  });

  for (const [width, scheme] of [
    [320, 'light'],
    [360, 'dark'],
    [1280, 'light'],
    [2560, 'dark'],
  ] as const)
    it(`has its axis and all its bars in sight at ${width} pixels, ${scheme}, and axe finds nothing`, async () => {
      const wide = { viewport: { width, height: 900 }, colorScheme: scheme };
      made = { ...MADE, windows: slotsOf(Array.from({ length: 288 }, (_, n) => (n * 7) % 1000)), before: [] };
      const { page } = await open(wide);
      const [axis, bars, room, content] = await page.evaluate<[number, number, number, number]>(
        "[document.querySelector('.counts-axis text').getBoundingClientRect().left, document.querySelector('.counts').getBoundingClientRect().right, document.querySelector('#chart').getBoundingClientRect().right, document.documentElement.scrollWidth]",
      );
      assert.ok(axis > 0 && bars < room && content <= width, `${axis}, ${bars} of ${room}, ${content}`);
      assert.deepEqual(await findingsIn(page), []);
    });
});
