import assert from 'node:assert/strict';
import { addCounts, type Counts, noCounts } from '../../../../src/core/model/counting/counts.ts';

function countsOf(events: number, users: readonly string[], first: number, issueId = 'a'): Counts {
  const issue = { events, users: new Set(users), first, title: 'x', culprit: null, level: null };
  const split = { issueId, tags: { release: '1' }, events };
  return { events, users: new Set(users), issues: new Map([[issueId, issue]]), splits: new Map([[issueId, split]]) };
}

describe('counts of events', () => {
  it('are added up: users once, and the earliest event of each issue', () => {
    const all = noCounts();
    for (const some of [countsOf(3, ['ann'], 20), countsOf(2, ['ann', 'bob'], 10), countsOf(1, ['eve'], 30, 'b')])
      addCounts(all, some);
    assert.deepEqual([all.events, [...all.users]], [6, ['ann', 'bob', 'eve']]);
    assert.deepEqual(
      [...all.issues].map(([id, { events, users, first }]) => [id, events, users.size, first]),
      [
        ['a', 5, 2, 10],
        ['b', 1, 1, 30],
      ],
    );
    assert.deepEqual(
      [...all.splits.values()].map(({ events }) => events),
      [5, 1],
    );
  });
});
