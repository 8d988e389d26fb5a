import assert from 'node:assert/strict';
import { metricsOf } from './metrics-page.ts';

/** Lines that are no comments; process metrics change from one look to the next, so without their values. */
function series(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (line.startsWith('sentry_monitor_') ? line : line.replace(/ \S+$/, '')))
    .toSorted();
}

function types(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name!, type!]));
}

describe('the metrics in two formats', () => {
  it('are the same series', async () => {
    const metrics = await metricsOf(2);
    await metrics.end();
    const [text, open] = [await metrics.page('text'), await metrics.page('openmetrics')];
    assert.equal(text.type, 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(open.type, 'application/openmetrics-text; version=1.0.0; charset=utf-8');
    assert.ok(series(text.text).includes('sentry_monitor_runs_total{outcome="ok"} 1'));
    assert.ok(series(text.text).includes('sentry_monitor_filter_faults 2'));
    assert.deepEqual(series(open.text), series(text.text));
    assert.ok(series(text.text).length > 60);
  });

  it('are text as before after somebody looked at them as OpenMetrics', async () => {
    const metrics = await metricsOf();
    const before = await metrics.text();
    await metrics.page('openmetrics');
    assert.deepEqual(types(await metrics.text()), types(before));
    assert.equal(types(before).get('sentry_monitor_runs_total'), 'counter');
  });

  it('end with # EOF as OpenMetrics, where counters are families without _total and nothing stands twice', async () => {
    const { text } = await (await metricsOf()).page('openmetrics');
    assert.match(text, /\n# EOF\n$/);
    assert.equal(text.split('# EOF').length, 2);
    assert.ok(!/\n\n/.test(text), 'an empty line is no OpenMetrics');
    const counters = [...types(text)].filter(([, type]) => type === 'counter').map(([name]) => name);
    assert.ok(counters.includes('sentry_monitor_runs') && counters.includes('process_cpu_seconds'));
    for (const name of counters) {
      assert.ok(!name.endsWith('_total'), name);
      assert.ok(new RegExp(`^${name}_total[{ ]`, 'm').test(text), name);
    }
    const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
    assert.equal(new Set(names).size, names.length);
  });
});
