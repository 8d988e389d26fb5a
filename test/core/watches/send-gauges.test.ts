import assert from 'node:assert/strict';
import { faultOf } from '../../../src/core/model/errors.ts';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { Gauge } from '../../../src/core/model/watches/gauge.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import { sendGauges } from '../../../src/core/watches/send-gauges.ts';
import { gaugeSamples } from '../../../src/integrations/sinks/anodot/gauges.ts';
import { gaugeItems } from '../../../src/integrations/sinks/newrelic/gauges.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { planOf } from '../../support/watches/plans.ts';

const sink = (name: string, ...outcomes: readonly Outcome[]) => {
  const seen: Gauge[] = [];
  const it: Pick<Sink, 'name' | 'encodeGauge' | 'send'> = {
    name,
    encodeGauge: (gauge) => {
      seen.push(gauge);
      return gauge.value === null ? [] : [{ key: 'k', lane: 'x', body: {} }];
    },
    send: async () => outcomes,
  };
  return { it: it as Sink, seen };
};
const at = { at: 0, scope: scopeOf() };
const measured = { value: 7, more: {}, answer: null };

describe('values of watches', () => {
  it('go to the sinks that take them, and what one has against it is said', async () => {
    const good = sink('good', { status: 'accepted' });
    const bad = sink('bad', { status: 'refused', why: 'too old' });
    const down = sink('down', { status: 'failed', fault: faultOf(new Error('status 503')) });
    const takesNone = { name: 'none' } as Sink;
    assert.equal(await sendGauges([good.it, takesNone], planOf(), measured, at), null);
    assert.equal(
      await sendGauges([good.it, bad.it, down.it], planOf(), measured, at),
      'bad did not take it: too old; down did not take it: internal error: status 503',
    );
  });

  it('are 1 and 0 where they are true and false, and nothing is sent of a text', async () => {
    const { it: taker, seen } = sink('one');
    for (const value of [true, false, 'up']) await sendGauges([taker], planOf(), { ...measured, value }, at);
    assert.deepEqual(
      seen.map(({ value }) => value),
      [1, 0, null],
    );
  });

  it('are metrics named after the watch, with the other numbers of the same look beside', () => {
    const gauge = { watch: 'github', labels: { team: 'crm' }, at: 0, everyMs: 300_000, more: { ms: 12 } };
    const metrics = (value: number | null) => gaugeItems({ ...gauge, value }).map(({ body }) => body['name']);
    assert.deepEqual(metrics(1), ['sentry.watch', 'sentry.watch.ms']);
    assert.deepEqual(metrics(null), ['sentry.watch.ms']);
    const samples = (value: number | null) => gaugeSamples({ ...gauge, value }).map(({ body }) => body['properties']);
    const own = { team: 'crm', watch: 'github', target_type: 'gauge' };
    assert.deepEqual(samples(1), [
      { ...own, what: 'sentry_watch' },
      { ...own, what: 'sentry_watch_ms' },
    ]);
    assert.deepEqual(samples(null), [{ ...own, what: 'sentry_watch_ms' }]);
  });
});
