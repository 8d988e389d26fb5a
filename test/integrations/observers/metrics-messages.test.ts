import assert from 'node:assert/strict';
import type { AlertTally } from '../../../src/core/ports/alerting/tally.ts';
import { ownSeries } from '../../support/pages/prometheus-text.ts';
import { metricsOf } from './metrics-page.ts';

const OURS = /^(messages_total|alerts_firing|outbox_)/;

describe('the metrics of messages', () => {
  const seriesOf = async (metrics: { text(): Promise<string> }): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(Object.entries(ownSeries(await metrics.text())).filter(([name]) => OURS.test(name)));

  it('are nowhere as long as nobody is to be told anything', async () => {
    const metrics = await metricsOf();
    metrics.messages.posted('ops', 'sent');
    assert.ok(!/messages_total|alerts_firing|outbox/.test(await metrics.text()));
  });

  it('count what posts came to by channel, from 0 on', async () => {
    const metrics = await metricsOf();
    metrics.people({ channels: ['ops'], tally: async () => null });
    for (const outcome of ['sent', 'retry', 'sent', 'given_up'] as const) metrics.messages.posted('ops', outcome);
    assert.deepEqual(await seriesOf(metrics), {
      'messages_total{channel="ops",outcome="sent"}': 2,
      'messages_total{channel="ops",outcome="retry"}': 1,
      'messages_total{channel="ops",outcome="uncertain"}': 0,
      'messages_total{channel="ops",outcome="refused"}': 0,
      'messages_total{channel="ops",outcome="given_up"}': 1,
    });
  });

  it('say what lasts and what waits each time that they are asked; what is not known has no value', async () => {
    const metrics = await metricsOf();
    const firing = { critical: 1, warning: 3, info: 0 };
    let tally: AlertTally | null = { firing, pending: 4, waitedMs: 90_000, unheard: [] };
    metrics.people({ channels: [], tally: async () => tally });
    const waiting = { outbox_pending: 4, outbox_oldest_seconds: 90 };
    const lasting = {
      'alerts_firing{severity="critical"}': 1,
      'alerts_firing{severity="warning"}': 3,
      'alerts_firing{severity="info"}': 0,
    };
    assert.deepEqual(await seriesOf(metrics), { ...lasting, ...waiting });
    tally = null;
    assert.deepEqual(await seriesOf(metrics), {});
    tally = { firing, pending: 0, waitedMs: null, unheard: [] };
    assert.deepEqual(await seriesOf(metrics), { ...lasting, outbox_pending: 0, outbox_oldest_seconds: 0 });
  });
});
