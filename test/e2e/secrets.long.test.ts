import assert from 'node:assert/strict';
import { FAULT_KINDS } from '../../sandbox/index.ts';
import { variables } from '../../src/app/assemble.ts';
import { UpstreamError } from '../../src/core/model/errors.ts';
import { GIVEN, SECRETS } from '../support/secrets/bench.ts';
import { cutBodies, SPECS } from '../support/secrets/echoing-faults.ts';
import { echoesOf } from '../support/secrets/encodings.ts';
import { createSearch } from '../support/secrets/leaks.ts';
import { FILTERS, openSecretRuns, type SecretRuns } from '../support/secrets/secret-runs.ts';

describe('the search for secrets', () => {
  const search = createSearch(SECRETS);

  for (const [name, secret] of Object.entries(SECRETS)) {
    it(`finds ${name} in every form, inside longer texts that were encoded as a whole, and cut`, () => {
      const echoes = echoesOf(secret);
      assert.ok(
        echoes.length > 30 &&
          echoes.includes(encodeURIComponent(secret)) &&
          echoes.includes(Buffer.from(`me:${secret}`).toString('base64')),
      );
      assert.deepEqual(search('here', 'a word of ours, sntryu_ and NRAL, +/=%&?'), []);
      for (const echo of echoes)
        assert.ok(
          search('here', `a ${echo} b`).some((leak) => leak.secret === name),
          echo,
        );
      for (const cut of [
        secret.slice(0, 8),
        secret.slice(-8),
        secret.slice(20, 30),
        Buffer.from(secret).toString('base64').slice(0, 12),
      ])
        assert.ok(
          search('here', `a ${cut}… b`).some((leak) => leak.secret === name),
          cut,
        );
    });
  }
});

describe('secrets in a run, whatever the vendors do', () => {
  let bench: SecretRuns;

  beforeEach(async () => (bench = await openSecretRuns()));
  afterEach(() => bench.close());

  it('are given for every sensitive variable, and faults of every kind that there is', () => {
    assert.deepEqual(
      [...Object.keys(GIVEN), 'LEDGER_URL', 'HEARTBEAT_URL', 'SMTP_URL', 'SLACK_SIGNING_SECRET'].toSorted(),
      variables
        .filter(({ sensitive }) => sensitive)
        .map(({ env }) => env)
        .toSorted(),
      'a new sensitive variable needs a value here',
    );
    assert.deepEqual(Object.keys(SPECS).toSorted(), FAULT_KINDS.toSorted(), 'a new kind of fault needs its variants');
  });

  for (const kind of FAULT_KINDS) {
    it(`stand nowhere when vendors do ${kind}`, async () => {
      for (const spec of SPECS[kind]) {
        for (const vendors of [['sentry'], ['newrelic', 'anodot']] as const) await bench.runWith(spec, vendors);
      }
      const said = bench.said();
      assert.ok(
        said.some(([where, text]) => where === 'log: request answered' && text.includes('"level":20')),
        'the log is whole',
      );
      const echoed = ['status', 'garbage', 'partial-refusal'].includes(kind);
      assert.equal(
        said.some(([where, text]) => where === 'answer' && text.includes('***')),
        echoed,
        'what was thrown back stands in answers, masked',
      );
      assert.equal(
        said.some(([where, text]) => where.startsWith('log') && text.includes('***')),
        echoed,
      );
      if (!['slow', 'partial-refusal'].includes(kind))
        assert.ok(bench.watch.errors.size > 0, 'errors passed the ports');
      bench.assertNoLeak();
    });
  }

  it("are not left in halves by the place where a vendor's words are cut", async () => {
    const { world } = bench.sandbox;
    const service = await bench.serveSecret(
      Array.from({ length: 6 }, (_, n) => ({ name: `f${n}`, projects: ['web', 'api'] })),
    );
    const bodies = cutBodies();
    for (const [n, text] of bodies.entries())
      world.faults.add({
        vendor: 'sentry',
        endpoint: 'events-table',
        kind: 'status',
        status: 503,
        body: n % 2 === 0 ? JSON.stringify({ detail: text }) : text,
      });
    for (let run = 0; world.faults.waiting().length > 0; run++)
      await service.post(`?debug=true&end=${new Date(Date.UTC(2026, 10, 20, 10) - run * 300_000).toISOString()}`);
    assert.equal(world.requests.all().filter(({ status }) => status === 503).length, bodies.length);
    const cut = bench.errorsOf(UpstreamError).map((error) => (error as UpstreamError).facts.detail ?? '');
    assert.ok(
      cut.some((detail) => /^y+ \*\*\*$/.test(detail)) && cut.some((detail) => /^y+ \*{1,2}$/.test(detail)),
      'words were cut, also in the midst of a mask',
    );
    bench.assertNoLeak();
    // Anodot's words of refusals are another way.
    for (const [n, text] of bodies.entries())
      if (n % 3 === 0)
        world.faults.add({
          vendor: 'anodot',
          kind: 'partial-refusal',
          indices: [0],
          code: 2009,
          description: text.slice(5),
        });
    const sending = await bench.serveSecret(FILTERS, { SINKS: 'anodot' });
    for (let run = 0; world.faults.waiting().length > 0; run++)
      await sending.post(`?end=${new Date(Date.UTC(2026, 10, 20, 10) - run * 300_000).toISOString()}`);
    assert.ok(world.received.anodot.refused.length > 40);
    bench.assertNoLeak();
  });

  it('do not come with a time-out, a deadline, a shutdown or a closed port', async () => {
    await bench.runWith({ kind: 'hang', endpoint: 'events-table', times: 1 }, ['sentry'], {
      SENTRY_TIMEOUT_SECONDS: '1',
      RUN_DEADLINE_SECONDS: '120',
    });
    assert.ok(bench.said().some(([, text]) => text.includes('no answer within 1 s')));
    await bench.runWith({ kind: 'hang' }, ['sentry']);
    assert.ok(bench.said().some(([, text]) => text.includes('no answer before the run ended')));
    const aborted = bench.errorsOf(DOMException).map((error) => (error as DOMException).name);
    assert.deepEqual([...new Set(aborted)], ['AbortError'], 'the reason of an abort is known');
    const closed = await bench.serveSecret(FILTERS, {
      ANODOT_URL: 'http://127.0.0.1:1',
      NEW_RELIC_EVENT_URL: 'http://127.0.0.1:1',
      NEW_RELIC_METRIC_URL: 'https://127.0.0.1:1/x',
    });
    assert.equal((await closed.post()).status, 502);
    assert.ok(bench.said().some(([, text]) => text.includes('cannot connect (ECONNREFUSED)')));
    bench.assertNoLeak();
  });

  it('reach p-retry in no error', async () => {
    await bench.runWith({ ...SPECS.status[0]!, status: 503 }, ['sentry']);
    const seen = [...bench.watch.errors].filter(
      (error) => (error as Error).constructor.name === 'FailedTry',
    ) as Error[];
    assert.ok(
      seen.some(({ message }) => message.includes('503: *** | ***')),
      JSON.stringify([...new Set(seen.map((e) => e.message))]),
    );
    bench.assertNoLeak();
  });
});
