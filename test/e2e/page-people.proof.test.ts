import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type LedgerBench, openLedgerBench } from '../support/e2e/bench.ts';
import type { Service } from '../support/e2e/service.ts';
import { ANN, lookAsAnn, servePeople } from '../support/looks/people.ts';
import { type Browser, describeInBrowser, findingsIn, openBrowser, overflowOf } from '../support/pages/browser.ts';

const WIDTHS = [320, 375, 640, 768, 1024, 1440, 2560];

/** Goes on by Tab alone, and leaves with the element in focus; at most as many steps as a page has stops. */
async function tabTo(page: Page, isThere: string): Promise<void> {
  for (let step = 0; step < 400; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`(() => { const it = document.activeElement; return ${isThere}; })()`)) {
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
      assert.equal(outline, 'solid', `the focus is seen: ${isThere}`);
      return;
    }
  }
  throw new Error(`no Tab leads to ${isThere}`);
}

const linkTo = (path: string): string => `it.tagName === 'A' && it.getAttribute('href').startsWith('${path}')`;
const BUTTON = "it.tagName === 'BUTTON' && it.form.className === 'act-form'";
const field = (id: string): string => `it.id === '${id}'`;

describeInBrowser('what people do about alerts, in a browser', () => {
  let browser: Browser;
  let bench: LedgerBench;
  let service: Service;
  let paths: readonly string[];

  before(async () => {
    browser = await openBrowser();
    bench = await openLedgerBench({ time: 'stopped' });
    service = await servePeople(bench);
    const act = (text: string, name: string): string =>
      new RegExp(`href="(/act/${name}\\?[^"]+)"`).exec(text)![1]!.replaceAll('&amp;', '&');
    const [home, messages] = [await lookAsAnn(service, '/'), await lookAsAnn(service, '/messages')];
    paths = [
      ...['/', '/messages', '/messages?state=refused', '/messages?channel=no-such&state=lost', '/filters/shop'],
      ...['/filters/jobs', '/status', '/act/mute', '/act/acknowledge?alert=gone'],
      ...[act(home, 'acknowledge'), act(home, 'mute'), act(messages, 'unmute'), act(messages, 'send-again')],
    ];
  });
  afterEach(() => browser.closeTabs());
  after(async () => {
    await browser.close();
    await bench.close();
  });

  const open = async (path: string, look: Parameters<Browser['open']>[1] = {}): Promise<Page> =>
    (await browser.open(`${service.url}${path}`, { httpCredentials: ANN, ...look })).page;

  for (const colorScheme of ['light', 'dark'] as const)
    it(`axe finds nothing, ${colorScheme}, wide and narrow`, async () => {
      for (const path of paths)
        for (const width of [1440, 375]) {
          const page = await open(path, { viewport: { width, height: 800 }, colorScheme });
          assert.deepEqual(await findingsIn(page), [], `${path} at ${width}`);
          await page.context().close();
        }
    });

  it('no line leaves the window', async () => {
    for (const path of paths) {
      const page = await open(path);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        assert.equal(await overflowOf(page), 0, `${path} at ${width}`);
      }
      await page.context().close();
    }
  });

  // NOTE: each of these follows on what the one before did.
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with script' : 'without script';

    it(`a mute is made and ended by keyboard alone, ${how}`, async () => {
      const page = await open('/messages', { javaScriptEnabled });
      await tabTo(page, "it.tagName === 'A' && it.getAttribute('href') === '/act/mute?'");
      await page.keyboard.press('Enter');
      await page.locator('h1:text("Mute")').waitFor();
      await tabTo(page, field('kind'));
      await page.keyboard.type('filter');
      await tabTo(page, field('name'));
      await page.keyboard.type('api');
      await tabTo(page, field('end'));
      await page.keyboard.type('for 4');
      await tabTo(page, field('why'));
      await page.keyboard.type('moving house');
      await page.keyboard.press('Enter');
      const row = page.locator('tr[data-mute]', { hasText: 'moving house' });
      await row.waitFor();
      assert.match((await row.innerText()).replace(/\s+/g, ' '), /filter api .*14:12.* moving house .*ann/);
      const id = (await row.getAttribute('data-mute'))!;
      await tabTo(page, linkTo(`/act/unmute?mute=${id}`));
      await page.keyboard.press('Enter');
      await page.locator('h1:text("End a mute")').waitFor();
      await tabTo(page, BUTTON);
      await page.keyboard.press('Enter');
      await page.locator('h1:text("Messages")').waitFor();
      assert.equal(await row.count(), 0);
      await page
        .locator('.done li', { hasText: /ann ended a mute: filter api muted/ })
        .first()
        .waitFor();
    });
  }

  it('an alert is muted from where it stands, by keyboard', async () => {
    const page = await open('/');
    await tabTo(page, linkTo('/act/mute?rule='));
    await page.keyboard.press('Enter');
    await page.locator('h1:text("Mute")').waitFor();
    assert.deepEqual(await page.evaluate("['kind', 'name'].map((id) => document.getElementById(id).value)"), [
      'rule',
      'shop/events > 40',
    ]);
    await tabTo(page, field('why'));
    await page.keyboard.type('known');
    await page.keyboard.press('Enter');
    await page.locator('tr[data-mute]', { hasText: 'known' }).waitFor();
  });

  it('somebody is at an alert, by keyboard', async () => {
    const page = await open('/');
    await tabTo(page, linkTo('/act/acknowledge?'));
    const alert = await page.evaluate<string>("document.activeElement.closest('tr').dataset.alert");
    await page.keyboard.press('Enter');
    await page.locator('h1:text("I am on it")').waitFor();
    await tabTo(page, BUTTON);
    await page.keyboard.press('Enter');
    await page.locator('.done li', { hasText: 'is on it' }).waitFor();
    await tabTo(page, "it.tagName === 'A' && it.textContent === 'Overview'");
    await page.keyboard.press('Enter');
    await page.locator('h1:text("Overview")').waitFor({ state: 'attached' });
    const row = page.locator(`tr[data-alert="${alert}"]`);
    assert.match(await row.innerText(), /ann is on it/);
    assert.equal(await row.locator('a[href^="/act/acknowledge"]').count(), 0);
  });

  it('a message goes again, by keyboard; what is chosen of the list, too', async () => {
    const page = await open('/messages');
    await tabTo(page, field('ask-state'));
    await page.keyboard.type('refused');
    await tabTo(page, "it.tagName === 'BUTTON' && it.textContent === 'Show'");
    await page.keyboard.press('Enter');
    await page.waitForURL('**/messages?*state=refused*');
    await tabTo(page, linkTo('/act/send-again?'));
    await page.keyboard.press('Enter');
    await page.locator('h1:text("Send again")').waitFor();
    await tabTo(page, BUTTON);
    await page.keyboard.press('Enter');
    await page.locator('.done li', { hasText: 'sends again' }).waitFor();
    assert.match(await page.locator('tr[data-message]', { hasText: 'night' }).first().innerText(), /waits to be sent/);
  });
});
