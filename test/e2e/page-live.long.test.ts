import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Bench, burst, openBench, START } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import type { Service } from '../support/e2e/service.ts';
import { textOf } from '../support/pages/bars.ts';
import { type Browser, describeInBrowser, openBrowser, type Tab } from '../support/pages/browser.ts';

const FIVE = 300_000;

const FILTERS = [
  ...Array.from({ length: 30 }, (_, n) => ({ name: `f-${n}`, projects: ['web'] })),
  { name: 'last', projects: ['api'] },
];

/**
 * Stands before the service and may refuse, or fall silent.
 * A stopped clock is the service's own, the browser's is another.
 */
interface Gate {
  readonly url: string;
  status: number | null;
  /** Pages asked for. */
  asked: number;
  close(): Promise<void>;
}

async function openGate(service: Service): Promise<Gate> {
  const server: Server = createServer((request, response) => {
    if (request.url === '/') gate.asked++;
    if (gate.status !== null) return void response.writeHead(gate.status, { connection: 'close' }).end();
    fetch(`${service.url}${request.url ?? '/'}`, {
      headers: { connection: 'close', 'accept-encoding': 'identity' },
    }).then(
      async (answer) =>
        response
          .writeHead(answer.status, { ...Object.fromEntries(answer.headers), connection: 'close' })
          .end(await answer.text()),
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gate: Gate = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    status: null,
    asked: 0,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return gate;
}

describeInBrowser('the page refreshes itself', () => {
  let browser: Browser;
  let bench: Bench;
  let service: Service;
  let gate: Gate;
  let tab: Tab;

  before(async () => (browser = await openBrowser()));
  after(() => browser.close());
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    for (const slug of ['web', 'api']) bench.sandbox.world.addProject({ slug });
    bench.sandbox.world.addEvents([
      ...burst('web', 101, 4),
      ...burst('api', 201, 2),
      ...burst('api', 202, 7, { at: START + FIVE }),
    ]);
    service = await bench.serve(FILTERS);
    assert.equal((await service.post()).status, 200);
    gate = await openGate(service);
    tab = await browser.open(gate.url, { viewport: { width: 900, height: 500 } }, async (page) => {
      // Stands still: only the test moves it, however slow the machine is.
      await page.clock.install({ time: START });
      await page.clock.pauseAt(START + 1_000);
    });
  });
  afterEach(async () => {
    await tab.close();
    await gate.close();
    await bench.close();
  });

  /** A window later, counted. */
  async function nextWindow(): Promise<void> {
    bench.clock.advance(FIVE);
    assert.equal((await service.post()).status, 200);
  }

  const now = (): Promise<string> => textOf(tab.page, '[data-filter="last"] td.count');
  const age = (): Promise<string> => textOf(tab.page, '#age');

  it("after half a minute, and leaves focus and the reader's place alone", async () => {
    const { page } = tab;
    await page.evaluate(
      "document.getElementById('a-last').focus(); document.getElementById('a-last').scrollIntoView({ block: 'center' })",
    );
    const place = (): Promise<number> => page.evaluate("document.getElementById('a-last').getBoundingClientRect().top");
    const [before, y] = [await place(), await page.evaluate<number>('scrollY')];
    assert.ok(y > 100, 'the page was scrolled');
    assert.equal(await now(), '2');
    await nextWindow();
    await page.clock.fastForward(29_000);
    assert.equal(gate.asked, 1);
    await page.clock.fastForward(2_000);
    await until('the new number is there', async () => (await now()) === '7');
    assert.equal(gate.asked, 2);
    assert.equal(await page.evaluate('document.activeElement.id'), 'a-last');
    assert.ok(Math.abs((await place()) - before) < 2, `the row stays where it was: ${before}, ${await place()}`);
    assert.equal(await age(), '');
    assert.deepEqual(tab.complaints, []);
  });

  it('and leaves what somebody is typing as it is', async () => {
    const { page } = tab;
    await page.locator('#at').fill('2026-11-20T07:00');
    await page.locator('#q').fill('la');
    await page.locator('#q').press('ArrowLeft');
    await nextWindow();
    await page.clock.fastForward(31_000);
    await until('the new number is there', async () => (await now()) === '7');
    assert.equal(await page.evaluate('document.activeElement.id'), 'q');
    await page.keyboard.type('x');
    assert.equal(await page.locator('#q').inputValue(), 'lxa');
    assert.equal(await page.locator('#at').inputValue(), '2026-11-20T07:00');
    await page.locator('.group a', { hasText: '1h' }).click();
    await until('the hour is there', () => page.url().endsWith('?range=1h'));
    assert.equal(await page.locator('#q').inputValue(), '', 'who chooses something else is done with it');
  });

  it('and says so when the server does not answer, or answers with a fault; the old numbers stay, until there are new ones', async () => {
    const { page } = tab;
    gate.status = 503;
    await page.clock.fastForward(31_000);
    await until('the trouble is told', async () =>
      /^No new numbers since \d\d:\d\d UTC: the server answers 503\. What is shown is old\.$/.test(await age()),
    );
    assert.equal(await now(), '2');
    gate.status = null;
    await service.close();
    await page.clock.fastForward(31_000);
    await until('silence is told', async () => /the server does not answer/.test(await age()));
    assert.equal(await page.evaluate("document.getElementById('age').getAttribute('role')"), 'status');
  });

  it('and asks nothing while nobody sees it, but at once when it is seen again', async () => {
    const { page } = tab;
    const hide = (hidden: boolean): Promise<unknown> =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} }); document.dispatchEvent(new Event('visibilitychange'))`,
      );
    await hide(true);
    await nextWindow();
    for (let n = 0; n < 20; n++) await page.clock.fastForward(31_000);
    assert.equal(gate.asked, 1);
    gate.status = 500;
    await hide(false);
    await until('it asks', () => gate.asked === 2);
    await until('it says how old the numbers are', async () => /old/.test(await age()));
    gate.status = null;
    await page.clock.fastForward(31_000);
    await until('the new number is there', async () => (await now()) === '7');
    assert.equal(await age(), '');
  });

  it('tells a single window under the pointer', async () => {
    const { page } = tab;
    const chart = page.locator('[data-filter="last"] svg.spark');
    await chart.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await chart.boundingBox())!;
    await page.mouse.move(x + width - width / 288, y + height / 2);
    assert.equal(await textOf(page, '.readout'), '10:00–10:05 UTC: 2');
    await page.mouse.move(x + width / 288, y + height / 2);
    assert.match(await textOf(page, '.readout'), /^Thu 19 Nov, 22:05–22:10 UTC: (0|not counted)$/, 'of another day');
    await page.mouse.move(1, 1);
    assert.equal(await page.evaluate("document.querySelector('.readout').hidden"), true);
    assert.deepEqual(tab.complaints, []);
  });
});
