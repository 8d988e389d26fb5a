import assert from 'node:assert/strict';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

describe('alerts', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  it('fire and end, each told once, and stand in the answer', async () => {
    [101, 20, 20, 20, 20].forEach((events, window) => bench.fill(window, events));
    const service = await bench.serveRules(['events > 100']);
    const first = await service.post();
    assert.deepEqual([first.status, Object.keys(first.body.reports[0].sinks)], [200, ['anodot', 'newrelic']]);
    assert.deepEqual(
      first.body.alerts.map(({ id, state, value, limit, window, channels }: never) => ({
        id,
        state,
        value,
        limit,
        window,
        channels,
      })),
      [
        {
          id: `shop/events > 100/shop@${iso(0)}`,
          state: 'firing',
          value: 101,
          limit: 100,
          window: { start: iso(0), end: iso(1) },
          channels: { hook: { status: 'sent', tries: 1 } },
        },
      ],
    );
  });
});
