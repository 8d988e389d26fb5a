import assert from 'node:assert/strict';
import { byName } from '../../../../src/server/pages/arrange/natural.ts';
import { sumOf } from '../../../../src/server/pages/arrange/teams.ts';
import type { Slot } from '../../../../src/server/pages/data/model.ts';

const slot = (start: number, events: number, given: Partial<Slot> = {}): Slot => ({
  start,
  events,
  complete: true,
  revision: 0,
  ...given,
});
const told = { from: 'source', counted: 0 } as const;

describe('names', () => {
  it('are in the order that people count in, and equal numbers stay apart', () =>
    assert.deepEqual(['team-10', 'team-2', 'b', 'team-02', 'team-1', 'a10', 'a9', 'team-1'].toSorted(byName), [
      'a9',
      'a10',
      'b',
      'team-1',
      'team-1',
      'team-02',
      'team-2',
      'team-10',
    ]));
});

describe('the counts of a team', () => {
  it('are told apart where Sentry told all of them', () =>
    assert.deepEqual(
      sumOf([
        { windows: [slot(0, 1, told), slot(1, 2, told), null] },
        { windows: [slot(0, 3, told), slot(1, 4), slot(2, 5, told)] },
      ]),
      [
        { start: 0, events: 4, complete: true, revision: 0, from: 'source' },
        { start: 1, events: 6, complete: true, revision: 0 },
        { start: 2, events: 5, complete: false, revision: 0, from: 'source' },
      ],
    ));
});
