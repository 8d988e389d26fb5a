import assert from 'node:assert/strict';
import { type AlertBench, openAlertBench } from '../support/telling/alert-bench.ts';
import type { Service } from '../support/e2e/service.ts';
import { openVendor, type Vendor } from '../support/watches/vendor.ts';

describe('watches', () => {
  let bench: AlertBench;
  let vendor: Vendor;
  beforeEach(async () => {
    bench = await openAlertBench();
    vendor = await openVendor();
    vendor.answer(200, '{"open": {"issues": 12}}');
  });
  afterEach(async () => {
    await bench.close();
    await vendor.close();
  });

  const serve = (watches: unknown, more: Readonly<Record<string, string>> = {}): Promise<Service> =>
    bench.serveRules(['events > 100'], { env: { LEDGER_URL: bench.ledgerUrl, ...more }, file: { watches } });
  const due = async ({ url }: Service): Promise<unknown> =>
    (await fetch(`${url}/due`, { method: 'POST', headers: { connection: 'close' } })).json();

  it('are looked at once in an interval, by whatever server, and their values go to the sinks', async () => {
    const file = {
      github: { url: `${vendor.url}/repos?per_page=1`, every: '30m', value: 'open.issues', labels: { repo: 'acme' } },
    };
    const services = await Promise.all([serve(file), serve(file)]);
    const answers = await Promise.all(services.map(due));
    const found = answers
      .flatMap((it) => (it as { done: { kind: string }[] }).done)
      .filter(({ kind }) => kind === 'watch');
    assert.deepEqual(found, [{ kind: 'watch', name: 'github', status: 'done', detail: '12' }]);
    assert.deepEqual(
      vendor.asked.map(({ path }) => path),
      ['/repos?per_page=1'],
    );
    const gauges = bench.sandbox.world.received.newrelic.metrics
      .map(({ record }) => record)
      .filter(({ name }) => name === 'sentry.watch');
    assert.deepEqual(
      gauges.map(({ value, attributes }) => [value, attributes]),
      [[12, { watch: 'github', repo: 'acme' }]],
    );
  });
});
