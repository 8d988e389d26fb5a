import assert from 'node:assert/strict';
import { readAccess } from '../../src/server/http/auth.ts';
import { type Bench, openBench } from '../support/e2e/bench.ts';
import { basic, type Got, look } from '../support/pages/read-page.ts';

const TOKEN = 'page:token/0123456789';
const TRIGGER = 'trigger-0123456789';
const FILTERS = [{ name: 'shop', projects: ['web'] }];
const PAGES = ['/', '/filters', '/issues', '/status', '/filters/shop', '/filters/unknown', '/issues/unknown'];
/** They say nothing of anybody. */
const FILES = ['/page.css', '/page.js', '/page.svg', '/page-trend.svg', '/page-warn.svg', '/page-bad.svg'];
const PATHS = [...PAGES, ...FILES];

describe('who may look at the page', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    bench.sandbox.world.addProject({ slug: 'web' });
  });
  afterEach(() => bench.close());

  function assertSafe({ headers, text }: Got): void {
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    assert.deepEqual(
      ['x-content-type-options', 'referrer-policy', 'cache-control', 'sentry-monitor-sent', 'set-cookie'].map((name) =>
        headers.get(name),
      ),
      ['nosniff', 'same-origin', 'no-store', 'none', null],
    );
    assert.doesNotMatch(text, new RegExp(`${TOKEN}|${TRIGGER}`));
  }

  it('is whoever has its token, as the password of anybody or as a bearer', async () => {
    const { url } = await bench.serve(FILTERS, { PAGE_TOKEN: TOKEN, TRIGGER_TOKEN: TRIGGER });
    for (const path of PATHS) {
      for (const headers of [
        basic('ann', TOKEN),
        basic('', TOKEN),
        { authorization: `Bearer ${TOKEN}` },
        { authorization: `bearer ${TOKEN}` },
      ]) {
        const got = await look(url, path, headers);
        assert.equal(got.status, path.endsWith('/unknown') ? 404 : 200, path);
        assertSafe(got);
      }
    }
  });

  it("is nobody else; the trigger's token opens nothing here, and the page's no run", async () => {
    const service = await bench.serve(FILTERS, { PAGE_TOKEN: TOKEN, TRIGGER_TOKEN: TRIGGER });
    for (const path of PAGES) {
      for (const headers of [
        {},
        basic('ann', TRIGGER),
        basic(TOKEN, ''),
        { authorization: TOKEN },
        { authorization: `Bearer ${TRIGGER}` },
        { authorization: `Basic ${TOKEN}` },
        { cookie: `token=${TOKEN}` },
      ]) {
        bench.clock.advance(61_000);
        const got = await look(service.url, `${path}?token=${encodeURIComponent(TOKEN)}`, headers);
        assert.deepEqual(
          [got.status, got.headers.get('www-authenticate')],
          [401, 'Basic realm="sentry-monitor", charset="UTF-8"'],
          `${path} ${JSON.stringify(headers)}`,
        );
        assert.match(got.text, /PAGE_TOKEN/);
        assert.doesNotMatch(got.text, /shop/);
        assertSafe(got);
      }
    }
    assert.equal((await service.post('', { headers: { authorization: `Bearer ${TOKEN}` } })).status, 401);
  });

  it('who guesses is held up after thirty times a minute; who has the token is not, and a browser is still asked', async () => {
    const { url, log } = await bench.serve(FILTERS, { PAGE_TOKEN: TOKEN, TRIGGER_TOKEN: TRIGGER });
    const guess = (): Promise<Got> => look(url, '/', basic('ann', 'guess-guess-guess'));
    for (let n = 0; n < 30; n++) assert.equal((await guess()).status, 401);
    const late = await guess();
    assert.deepEqual([late.status, late.headers.get('retry-after')], [429, '60']);
    assert.equal((await look(url)).status, 401);
    assert.equal((await look(url, '/', basic('ann', TOKEN))).status, 200);
    bench.clock.advance(60_000);
    assert.equal((await guess()).status, 401);
    const lines = log.filter(({ msg }) => /without a valid token/.test(String(msg)));
    assert.deepEqual(
      lines.map(({ msg, missing, wrong }) => [msg, missing, wrong]),
      [
        ['look without a valid token', undefined, undefined],
        ['looks without a valid token within a minute', 1, 31],
        ['look without a valid token', undefined, undefined],
      ],
    );
    assert.doesNotMatch(JSON.stringify(log), /guess-guess/);
  });

  it('is without a token only who sits at the machine, and everybody else is told what to set', async () => {
    const { url } = await bench.serve(FILTERS);
    const { host } = new URL(url);
    assert.equal((await look(url)).status, 200);
    for (const [name, value] of [
      ['origin', 'https://evil.example.com'],
      ['origin', url],
      ['x-forwarded-for', '10.0.0.1'],
      ['forwarded', 'for=10.0.0.1'],
      ['via', '1.1 proxy'],
      ['x-real-ip', '127.0.0.1'],
    ] as const) {
      for (const path of PAGES) {
        const got = await look(url, path, { [name]: value });
        assert.deepEqual([got.status, got.headers.get('www-authenticate')], [403, null], `${path} ${name}`);
        assert.match(got.text, /set <code>PAGE_TOKEN<\/code>/);
        assertSafe(got);
      }
    }
    const may = (remoteAddress: string | undefined, given: string): string =>
      readAccess([])({ headers: { host: given }, socket: { remoteAddress } });
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
      assert.equal(may(address, host), 'yes');
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.example.com', undefined])
      assert.equal(may(address, host), 'here');
    for (const name of [
      'evil.example.com',
      'localhost.evil.example.com',
      '127.0.0.1.example.com',
      '',
      'localhost@evil.example.com',
    ])
      assert.equal(may('127.0.0.1', name), 'here', name);
    for (const name of ['localhost', 'localhost:3000', '[::1]:3000', '127.0.0.1:3000'])
      assert.equal(may('::1', name), 'yes', name);
  });

  it('nobody may do anything there but look', async () => {
    const { url } = await bench.serve(FILTERS);
    const before = bench.sandbox.world.received.newrelic.raw.length;
    for (const path of PATHS) {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const got = await look(url, path, {}, method);
        assert.deepEqual([got.status, got.headers.get('allow')], [405, 'GET, HEAD'], `${method} ${path}`);
      }
      const [got, head] = [await look(url, path), await look(url, path, {}, 'HEAD')];
      assert.deepEqual(
        [head.status, head.text, head.headers.get('content-type')],
        [got.status, '', got.headers.get('content-type')],
      );
    }
    assert.equal(bench.sandbox.world.received.newrelic.raw.length, before);
  });

  it('says 404, with a way home, to names that cannot be', async () => {
    const { url } = await bench.serve(FILTERS);
    for (const path of [
      '/filters/unknown',
      '/filters/%ff',
      '/filters/%2e%2e%2frun',
      '/filters/shop/more',
      '/filters/SHOP',
      `/filters/${'a'.repeat(2000)}`,
      '/filters/__proto__',
      '/filters/%3Cscript%3E',
    ]) {
      const got = await look(url, path);
      assert.equal(got.status, 404, path);
      assert.match(got.text, /<a href="\/filters">All filters<\/a>/);
      assert.doesNotMatch(got.text, /<script>|unknown/);
    }
    assert.equal((await look(url, '/filters/shop/')).status, 200);
  });

  it('answers a browser that asks for what is not there with a page and a way home, a program with a problem', async () => {
    const { url } = await bench.serve(FILTERS);
    const ask = (path: string, init: RequestInit): Promise<Response> => fetch(`${url}${path}`, init);
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    for (const path of ['/nope', '/page.css/x', '/%ff', '/<script>']) {
      const page = await ask(path, { headers: { accept } });
      const text = await page.text();
      assert.deepEqual([page.status, page.headers.get('content-type')], [404, 'text/html; charset=utf-8'], path);
      assert.match(text, /<h1>Nothing here<\/h1>[^]*<a href="\/">The overview<\/a>/);
      assert.match(page.headers.get('content-security-policy')!, /default-src 'none'/);
      assert.doesNotMatch(text, /<script>|nope/);
    }
    const others: readonly RequestInit[] = [
      {},
      { headers: { accept: '*/*' } },
      { headers: { accept: 'application/json' } },
      { method: 'POST', headers: { accept } },
    ];
    for (const init of others) {
      const problem = await ask('/nope', init);
      assert.deepEqual(
        [problem.status, problem.headers.get('content-type')],
        [404, 'application/problem+json; charset=utf-8'],
      );
    }
  });

  it('is told of the page, and only when there is one, whoever asks for what is not there', async () => {
    const [on, off] = [await bench.serve(FILTERS), await bench.serve(FILTERS, { PAGE: 'off' })];
    assert.match(
      (await look(on.url, '/nothing')).text,
      /there are POST \/run, POST \/due, POST \/mute, POST \/unmute, POST \/deploys, GET \/healthz, GET \/readyz, GET \/ and GET \/metrics"/,
    );
    assert.match(
      (await look(off.url, '/nothing')).text,
      /there are POST \/run, POST \/due, POST \/mute, POST \/unmute, POST \/deploys, GET \/healthz, GET \/readyz and GET \/metrics"/,
    );
  });

  it('finds nothing when PAGE is off', async () => {
    const { url } = await bench.serve(FILTERS, { PAGE: 'off', PAGE_TOKEN: TOKEN });
    for (const path of PATHS)
      assert.deepEqual(
        [(await look(url, path)).status, (await look(url, path, basic('', TOKEN))).status],
        [404, 404],
        path,
      );
  });

  it('gets it packed when it can unpack', async () => {
    const { url } = await bench.serve(FILTERS);
    const [packed, plain] = [
      await look(url, '/', { 'accept-encoding': 'gzip' }),
      await look(url, '/', { 'accept-encoding': 'identity' }),
    ];
    assert.deepEqual(
      [packed.headers.get('content-encoding'), plain.headers.get('content-encoding'), packed.headers.get('vary')],
      ['gzip', null, 'Accept-Encoding'],
    );
    assert.equal(packed.text, plain.text);
    assert.ok(Number(packed.headers.get('content-length')) < Number(plain.headers.get('content-length')) / 2);
  });
});
