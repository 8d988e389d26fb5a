import assert from 'node:assert/strict';
import { NO_TROUBLE, watchTrouble } from '../../../src/core/backfill/watch-trouble.ts';
import type { ReportResult } from '../../../src/core/model/results.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';

const HERE = filterOf({ name: 'here' });
const THERE = filterOf({ name: 'there', source: 'eu' });
const DOWN = { message: 'eu: 503', retryable: true };

function resultOf(filter: typeof HERE, fault?: ReportResult['fault']): ReportResult {
  return {
    id: filter.name,
    filter,
    window: WINDOW,
    report: null,
    sinks: {},
    ...(fault === undefined ? {} : { fault }),
  };
}

function passing(trouble: ReturnType<typeof watchTrouble>): readonly string[] {
  return [HERE, THERE]
    .filter(({ name }) => trouble.passes({ filter: name, sink: 'one', start: 0, held: false, kept: false }))
    .map(({ name }) => name);
}

describe('trouble in the backlog', () => {
  it('of a source that was down before leaves alone its own filters', () => {
    const known = { ...NO_TROUBLE, downSources: new Set(['eu']) };
    assert.deepEqual(passing(watchTrouble(known, [HERE, THERE])), ['here']);
  });

  it('of a source that fails three windows in a row, beside one that answers', () => {
    const trouble = watchTrouble(NO_TROUBLE, [HERE, THERE]);
    for (let window = 0; window < 3; window++) {
      assert.deepEqual(passing(trouble), ['here', 'there']);
      trouble.note([resultOf(HERE), resultOf(THERE, DOWN)]);
    }
    assert.deepEqual(passing(trouble), ['here']);
  });
});
