import assert from 'node:assert/strict';
import { lateTimings, timingItems } from '../../../../src/integrations/sinks/newrelic/timings.ts';
import { filterOf, reportOf, START } from '../../../support/build/reports.ts';

const TIMING = {
  window: START,
  project: 'crm-web',
  name: 'GET /cart',
  count: 2,
  sum: 30,
  min: 10,
  max: 20,
  p50: 10,
  p95: 20,
};

describe('how long things took, for New Relic', () => {
  const attributes = (given: Parameters<typeof reportOf>[0]) =>
    timingItems(reportOf({ timings: [TIMING], ...given })).map(({ body }) => body['attributes']);

  it('is nothing of a report without durations, or of a project that was not read', () => {
    assert.deepEqual(timingItems(reportOf()), []);
    const gaps = [{ part: 'totals', project: 'crm-web', reason: 'intake_behind' }] as const;
    assert.deepEqual(attributes({ gaps, complete: false }), []);
  });

  it('has team and organization where there are some', () => {
    const own = { project: 'crm-web', filter: 'crm-checkout', name: 'GET /cart' };
    assert.deepEqual(attributes({ org: '', filter: filterOf({ projects: ['crm-web'] }) })[0], own);
    assert.deepEqual(attributes({ filter: filterOf({ projects: ['crm-web'], team: 'crm' }) })[0], {
      ...own,
      team: 'crm',
      org: 'acme',
    });
  });

  it('is told later of projects that were not read at first', () => {
    const report = reportOf({ timings: [TIMING] });
    const gaps = [{ part: 'totals', project: 'crm-web', reason: 'intake_behind' }] as const;
    assert.equal(lateTimings({ totals: report.totals, gaps }, report).length, 5);
    assert.deepEqual(lateTimings(report, report), []);
  });
});
