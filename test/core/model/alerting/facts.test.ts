import assert from 'node:assert/strict';
import { factsOf } from '../../../../src/core/model/alerting/facts.ts';
import type { ReportIssue } from '../../../../src/core/model/report.ts';
import { detailsOf, issueOf, reportOf } from '../../../support/build/reports.ts';

describe('what rules see of a report', () => {
  const issue = (given: Partial<ReportIssue>) => factsOf(reportOf({ issues: [issueOf(given)] })).issues[0]!;

  it('is nothing of an issue without details but its counts', () => {
    const { title, culprit, level, firstSeen, isNew, isBack, status, url } = issue({ details: null, state: 'new' });
    assert.deepEqual([title, culprit, level, firstSeen, isNew, isBack, status], [...Array(6).fill(null), undefined]);
    assert.equal(url, 'https://sentry.io/organizations/acme/issues/6507376925/');
  });

  it('is whether an issue is new or back, where that is known', () => {
    const state = (given: Partial<ReportIssue>) => [issue(given).isNew, issue(given).isBack];
    assert.deepEqual(state({ state: 'regressed' }), [null, true]);
    assert.deepEqual(state({ state: 'new', details: detailsOf({ firstSeen: 1 }) }), [true, false]);
    assert.deepEqual(state({ details: detailsOf({ firstSeen: 1 }) }), [false, false]);
  });

  it('is what somebody made of an issue', () => {
    const status = (given: Parameters<typeof detailsOf>[0]) => issue({ details: detailsOf(given) }).status;
    assert.deepEqual(
      [
        status({}),
        status({ status: 'resolved', substatus: null }),
        status({ status: 'ignored', substatus: null }),
        status({ status: 'unresolved', substatus: 'archived_forever' }),
        status({ status: 'reprocessing', substatus: null }),
        status({ status: null, substatus: null }),
      ],
      ['unresolved', 'resolved', 'archived', 'archived', undefined, undefined],
    );
  });
});
