import assert from 'node:assert/strict';
import type { Gap } from '../../../src/core/model/gap.ts';
import { knownCounts } from '../../../src/core/model/make-report.ts';

const TOTALS = [
  { project: 'web', projectId: '11', events: 60, users: 40, issues: 2 },
  { project: 'api', projectId: '12', events: 0, users: 0, issues: null },
];

describe('what is known of the counts', () => {
  for (const [what, gap, web, api] of [
    ['no gap', null, [60, 2, 40], [0, null, 0]],
    ['one total', { part: 'totals', reason: 'page_limit', project: 'web' }, [null, null, null], [0, null, 0]],
    ['all totals', { part: 'totals', reason: 'pages_shifted' }, [null, null, null], [null, null, null]],
    ['rows', { part: 'issues', reason: 'not_answered' }, [60, null, 40], [0, null, 0]],
    ['rows that disagree', { part: 'issues', reason: 'rows_differ' }, [60, 2, 40], [0, null, 0]],
    ['splits', { part: 'splits', reason: 'row_limit' }, [60, 2, 40], [0, null, 0]],
  ] as const)
    it(`${what}: ${JSON.stringify([web, api])}`, () => {
      const gaps: readonly Gap[] = gap === null ? [] : [gap];
      const found = knownCounts({ totals: TOTALS, gaps }).map(({ events, issues, users }) => [events, issues, users]);
      assert.deepEqual(found, [web, api]);
    });
});
