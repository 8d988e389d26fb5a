import assert from 'node:assert/strict';
import { encode } from '../../../support/build/newrelic.ts';
import { filterOf, reportOf } from '../../../support/build/reports.ts';

describe('New Relic gauges', () => {
  const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: 'crm' });

  it('are three per project that could be read, stamped with the start, with few attributes', () => {
    const gauge = (name: string, value: number, project: string): object => ({
      name,
      type: 'gauge',
      value,
      timestamp: 1_795_168_800_000,
      'interval.ms': 300_000,
      attributes: { project, filter: 'crm-checkout', team: 'crm', org: 'acme' },
    });
    const report = reportOf({
      filter: { ...filter, projects: ['crm-web', 'crm-api', 'crm-gone'], labels: { a: 'b' } },
      gaps: [{ part: 'totals', reason: 'project_not_found', project: 'crm-gone' }],
    });
    assert.deepEqual(
      encode(report)
        .filter(({ lane }) => lane === 'metrics')
        .map(({ body }) => body),
      [
        gauge('sentry.events', 60, 'crm-web'),
        gauge('sentry.issues', 2, 'crm-web'),
        gauge('sentry.users', 40, 'crm-web'),
        gauge('sentry.events', 0, 'crm-api'),
        gauge('sentry.issues', 0, 'crm-api'),
        gauge('sentry.users', 0, 'crm-api'),
      ],
    );
  });

  it('are none where the number is not known: only events carry a mark', () => {
    const gauges = (gaps: Parameters<typeof reportOf>[0] & object) =>
      encode(reportOf({ filter, ...gaps })).flatMap(({ lane, body }) =>
        lane === 'metrics' ? [`${body['name'] as string} ${(body['attributes'] as { project: string }).project}`] : [],
      );
    assert.deepEqual(gauges({ gaps: [{ part: 'totals', reason: 'page_limit', project: 'crm-web' }] }), [
      'sentry.events crm-api',
      'sentry.issues crm-api',
      'sentry.users crm-api',
    ]);
    assert.deepEqual(gauges({ gaps: [{ part: 'totals', reason: 'source_silent' }] }), []);
    assert.deepEqual(
      gauges({ gaps: [{ part: 'issues', reason: 'row_limit' }] }).filter((it) => it.includes('issues')),
      [],
    );
  });
});
