import assert from 'node:assert/strict';
import { GAP_PARTS, GAP_REASONS } from '../../../src/core/model/gap.ts';
import { ISSUE_STATES } from '../../../src/core/model/report.ts';
import { RUN_ENDS, RUN_OUTCOMES } from '../../../src/core/model/verdict.ts';

/** Dashboards, alerts and scripts name these; a new one belongs into the docs as well. */
describe('the closed lists', () => {
  it('of parts of a reading', () =>
    assert.deepEqual([...GAP_PARTS], ['totals', 'issues', 'splits', 'details', 'baselines']));

  it('of reasons for a gap', () => {
    assert.deepEqual(
      GAP_REASONS.filter((reason) =>
        [
          'project_not_found',
          'project_forbidden',
          'pages_shifted',
          'pages_broken',
          'row_limit',
          'rows_differ',
          'not_answered',
          'not_known',
        ].includes(reason),
      ).length,
      8,
    );
    assert.equal(new Set(GAP_REASONS).size, GAP_REASONS.length);
    for (const reason of GAP_REASONS) assert.match(reason, /^[a-z]+(_[a-z]+)*$/);
  });

  it('of states of an issue', () => assert.deepEqual([...ISSUE_STATES], ['new', 'regressed', 'surging', 'ongoing']));

  it('of what cuts a run short, and what it came to', () =>
    assert.deepEqual(
      [[...RUN_ENDS], [...RUN_OUTCOMES]],
      [
        ['deadline', 'shutdown', 'clock'],
        ['ok', 'partial', 'failed'],
      ],
    ));
});
