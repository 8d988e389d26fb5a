import assert from 'node:assert/strict';
import { faultOf } from '../../../src/core/model/errors.ts';
import type { Item, Outcome } from '../../../src/core/model/item.ts';
import type { Gauge } from '../../../src/core/model/watches/gauge.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Measured } from '../../../src/core/ports/watches/watch.ts';
import { createGauges } from '../../../src/core/watches/send-gauges.ts';
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
const measured = { value: 7, more: {}, answer: null };
const sendGauges = (sinks: readonly Sink[], value: Measured = measured) =>
  createGauges(sinks)(planOf(), value, 0, scopeOf());

describe('values of watches', () => {
  it('go to the sinks that take them, and what one has against it is said', async () => {
    const good = sink('good', { status: 'accepted' });
    const bad = sink('bad', { status: 'refused', why: 'too old' });
    const down = sink('down', { status: 'failed', fault: faultOf(new Error('status 503')) });
    const takesNone = { name: 'none' } as Sink;
    assert.equal(await sendGauges([good.it, takesNone]), null);
    assert.equal(
      await sendGauges([good.it, bad.it, down.it]),
      'bad did not take it: too old; down did not take it: internal error: status 503',
    );
  });

  it('are 1 and 0 where they are true and false, and nothing is sent of a text', async () => {
    const { it: taker, seen } = sink('one');
    for (const value of [true, false, 'up']) await sendGauges([taker], { ...measured, value });
    assert.deepEqual(
      seen.map(({ value }) => value),
      [1, 0, null],
    );
  });

  it('that a sink did not take for trouble that may pass go again with the next one, in order, until they are too old', async () => {
    const requests: string[] = [];
    const answers: (Outcome['status'] | 'passes')[][] = [];
    const fault = (retryable: boolean) => ({ message: 'status 503', retryable });
    const outcomeOf = (status: Outcome['status'] | 'passes'): Outcome => {
      if (status === 'accepted') return { status };
      if (status === 'refused') return { status, why: 'too old' };
      if (status === 'passes') return { status: 'failed', fault: { ...fault(false), passes: true } };
      return { status, fault: fault(status === 'failed') };
    };
    const taker = (repeatSafe: boolean) =>
      ({
        ...{ name: 'one', repeatSafe, maxAgeMs: 60_000 },
        encodeGauge: ({ at, watch, value }: Gauge) =>
          ['', '.ms'].map((more) => ({ key: `${watch}${more} ${at / 1000} ${value}`, body: {} })),
        send: async (items: readonly Item[]) => {
          requests.push(items.map(({ key }) => key).join(', '));
          return answers.shift()!.map(outcomeOf);
        },
      }) as unknown as Sink;
    const gauge = createGauges([taker(false)]);
    const look = (seconds: number, name = 'a') => gauge({ ...planOf(), name }, measured, seconds * 1000, scopeOf());
    answers.push(['accepted', 'failed']);
    assert.equal(await look(1), 'one did not take it: status 503; it is sent again with the next value');
    answers.push(['accepted', 'accepted']);
    assert.equal(await look(2, 'b'), null, 'of another watch');
    answers.push(['accepted', 'accepted', 'passes', 'passes']);
    await look(3);
    answers.push(['refused', 'uncertain', 'failed', 'failed']);
    assert.match((await look(4))!, /too old; it is sent again/);
    answers.push(['failed', 'failed']);
    assert.match((await look(100))!, /503; it is sent/);
    answers.push(['uncertain', 'uncertain', 'refused', 'refused']);
    assert.equal(await look(101), 'one did not take it: status 503');
    assert.deepEqual(requests, [
      'a 1 7, a.ms 1 7',
      'b 2 7, b.ms 2 7',
      'a 1 7, a.ms 1 7, a 3 7, a.ms 3 7',
      'a 3 7, a.ms 3 7, a 4 7, a.ms 4 7',
      'a 100 7, a.ms 100 7',
      'a 100 7, a.ms 100 7, a 101 7, a.ms 101 7',
    ]);
    const safe = createGauges([taker(true)]);
    answers.push(['uncertain', 'accepted'], Array(4).fill('accepted'));
    for (const at of [1000, 2000]) await safe(planOf(), measured, at, scopeOf());
    assert.equal(requests.at(-1)!.split(', ').length, 4, 'a repeat does no harm there');
  });

  it('wait for a sink up to a bound, the newest', async () => {
    let sent = 0;
    const away = {
      ...{ name: 'one', repeatSafe: true },
      encodeGauge: () => [{ key: 'k', body: {} }],
      send: async (items) => {
        sent = items.length;
        return items.map(() => ({ status: 'failed', fault: { message: 'away', retryable: true } }) as const);
      },
    } as Pick<Sink, 'name' | 'repeatSafe' | 'encodeGauge' | 'send'> as Sink;
    const gauge = createGauges([away]);
    for (let at = 0; at < 60; at++) await gauge(planOf(), measured, at, scopeOf());
    assert.equal(sent, 49);
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
