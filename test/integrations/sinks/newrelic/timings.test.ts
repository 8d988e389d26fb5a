import assert from 'node:assert/strict';
import type { Timing } from '../../../../src/core/model/events/timing.ts';
import { encode, SINK } from '../../../support/build/newrelic.ts';
import { filterOf, reportOf, WINDOW } from '../../../support/build/reports.ts';

const TIMING: Timing = {
  ...{ project: 'crm-web', name: 'CartHandler', window: WINDOW.start },
  ...{ count: 7, sum: 349, min: 11, max: 137.5, p50: 46, p95: 137 },
};
const FILTER = filterOf({ projects: ['crm-web', 'crm-api'], team: 'crm' });
const BEHIND = { part: 'totals', reason: 'intake_behind', project: 'crm-web' } as const;

function bodiesOf(items: ReturnType<typeof encode>): readonly (readonly unknown[])[] {
  return items
    .filter(({ body }) => /^sentry\.timing/.test(body['name'] as string))
    .map(({ body }) => [body['name'], body['type'], body['value']]);
}

describe('durations in New Relic', () => {
  const report = reportOf({ filter: FILTER, timings: [TIMING] });
  const wanted = [
    ['sentry.timing.count', 'gauge', 7],
    ['sentry.timing.p50', 'gauge', 46],
    ['sentry.timing.p95', 'gauge', 137],
    ['sentry.timing.max', 'gauge', 137.5],
    ['sentry.timing', 'summary', { count: 7, sum: 349, min: 11, max: 137.5 }],
  ];

  it('are four gauges and a summary for each name, stamped with the window', () => {
    assert.deepEqual(bodiesOf(encode(report)), wanted);
    const { lane, body } = encode(report).find((it) => it.body['name'] === 'sentry.timing')!;
    assert.deepEqual(
      [lane, body['timestamp'], body['interval.ms'], body['attributes']],
      [
        'metrics',
        1_795_168_800_000,
        300_000,
        { project: 'crm-web', filter: 'crm-checkout', team: 'crm', org: 'acme', name: 'CartHandler' },
      ],
    );
    assert.equal(new Set(encode(report).map(({ key }) => key)).size, encode(report).length);
  });

  it('are none where logs tell of none, and of an intake that was not read to the window’s end', () => {
    assert.deepEqual(bodiesOf(encode(reportOf({ filter: FILTER }))), []);
    assert.deepEqual(bodiesOf(encode({ ...report, gaps: [BEHIND] })), []);
  });

  it('are told once: late where the sink was not told them, and never again', () => {
    const late = (told: typeof report) => bodiesOf(SINK.encodeCorrection!(told, { ...report, revision: 1 }));
    assert.deepEqual(late({ ...report, gaps: [BEHIND] }), wanted);
    assert.deepEqual(late(report), []);
    assert.deepEqual(late({ ...report, totals: [] }), wanted);
  });
});
