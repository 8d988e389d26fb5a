import assert from 'node:assert/strict';
import { burst } from '../support/e2e/bench.ts';
import { basic, type Got, look } from '../support/pages/read-page.ts';
import { GIVEN, openSecretsBench, SECRETS, type SecretsBench } from '../support/secrets/bench.ts';
import { createSearch } from '../support/secrets/leaks.ts';

describe('secrets and the page', () => {
  let bench: SecretsBench;
  const search = createSearch(SECRETS);

  beforeEach(async () => {
    bench = await openSecretsBench();
    bench.sandbox.world.addProject({ slug: 'web' });
  });
  afterEach(() => bench.close());

  function assertClean(pages: readonly Got[]): void {
    assert.deepEqual(
      pages
        .flatMap(({ text, headers }) => [
          ...search('page', text),
          ...search('headers of a page', JSON.stringify([...headers])),
        ])
        .slice(0, 5),
      [],
    );
    assert.deepEqual(bench.leaks().slice(0, 5), []);
  }

  it('stand on none: in titles, teams, errors and receipts', async () => {
    const echoes = Object.values(SECRETS).flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(`me:${secret}`).toString('base64'),
      `${'z'.repeat(180)}${secret}`,
    ]);
    bench.sandbox.world.addEvents(
      echoes.flatMap((echo, n) => burst('web', 500 + n, 3 + n, { title: `LeakError: <${echo}>`, culprit: echo })),
    );
    bench.sandbox.world.faults.add({
      vendor: 'anodot',
      kind: 'status',
      status: 403,
      body: JSON.stringify({ error: `token ${GIVEN.ANODOT_TOKEN} and ${GIVEN.PAGE_TOKEN}` }),
      times: 0,
    });
    const service = await bench.serveSecret([
      { name: 'leaky', projects: ['web'], team: `team ${GIVEN.SENTRY_AUTH_TOKEN}` },
    ]);
    assert.equal((await service.post()).status, 502);
    const pages = [
      await look(service.url, '/', basic('ann', GIVEN.PAGE_TOKEN)),
      await look(service.url, '/filters/leaky', { authorization: `Bearer ${GIVEN.PAGE_TOKEN}` }),
    ];
    const sinks = await look(service.url, '/status', basic('ann', GIVEN.PAGE_TOKEN));
    assert.match(sinks.text, /anodot: answered 403: .*\*\*\*/);
    assert.match(pages[1]!.text, /anodot: answered 403: .*\*\*\*/);
    for (const { status, text } of pages) {
      assert.equal(status, 200);
      assert.match(text, /LeakError: &lt;\*\*\*&gt;/);
      assert.match(text, /eam <bdi>team \*\*\*|<bdi>team \*\*\*<\/bdi>/);
    }
    assertClean([...pages, sinks]);
  });

  it('that somebody shows or asks for come back on none', async () => {
    const serve = () => bench.serveSecret([{ name: 'web', projects: ['web'] }]);
    let service = await serve();
    const pages: Got[] = [];
    for (const [at, secret] of Object.values(SECRETS).entries()) {
      // A service takes only so many wrong tokens a minute.
      if (at === 6) service = await serve();
      const text = encodeURIComponent(secret);
      for (const headers of [{}, basic('ann', GIVEN.PAGE_TOKEN)])
        pages.push(
          await look(service.url, `/?token=${text}`, headers),
          await look(service.url, `/filters/${text}`, headers),
          await look(service.url, `/${text}`, headers),
        );
      if (secret !== GIVEN.PAGE_TOKEN)
        pages.push(
          await look(service.url, '/', basic(secret, secret)),
          await look(service.url, '/', basic('ann', `${secret}x`)),
        );
    }
    assert.deepEqual([...new Set(pages.map(({ status }) => status))].toSorted(), [200, 401, 404]);
    assertClean(pages);
  });
});
