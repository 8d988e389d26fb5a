import assert from 'node:assert/strict';
import type { PageData } from '../../../../src/server/pages/data/model.ts';
import { filterDataOf, LOOK, pageDataOf, runOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { busy, later, none, own, unread } from '../../../support/pages/page-states.ts';
import { START } from '../../../support/build/reports.ts';
import { saidOf } from '../../../support/pages/said.ts';

const FIVE = 300_000;
const MINUTE = 60_000;

describe('the verdict on whether it runs', () => {
  const states: readonly (readonly [string, Partial<PageData>, readonly string[]])[] = [
    ['a run has just ended', {}, ['running: good: Running', '  Counted 10:00–10:05 UTC, just now on host-1.']],
    [
      'a run of another window has ended since',
      {
        now: LOOK + 2 * MINUTE,
        runs: [runOf({ window: { start: START - FIVE, end: START }, endedAt: LOOK + 2 * MINUTE }), runOf()],
      },
      ['running: good: Running', '  Counted 10:00–10:05 UTC, 2 min ago on host-1.'],
    ],
    ['nobody knows which run counted it', { runs: [] }, ['running: good: Running', '  Counted 10:00–10:05 UTC.']],
    [
      'a run is under way',
      { runs: [{ ...busy, window: { start: START + FIVE, end: START + 2 * FIVE } }, runOf()] },
      ['running: good: Running', '  Counted 10:00–10:05 UTC, just now on host-1. A run began on host-2 just now.'],
    ],
    [
      'some filters were counted',
      { filters: [filterDataOf('shop'), uncountedOf('back')] },
      ['running: good: Running', '  Counted 1 of 2 filters in 10:00–10:05 UTC, just now on host-1.'],
    ],
    [
      'no filter could be counted',
      { filters: [uncountedOf('shop'), uncountedOf('back')] },
      [
        'running: bad: Nothing counted',
        '  Tried 10:00–10:05 UTC, just now on host-1; no filter could be counted. Their notes say why. | /filters | filter-not-read',
      ],
    ],
    [
      'the one filter could not be counted',
      { filters: [uncountedOf('shop')] },
      [
        'running: bad: Nothing counted',
        '  Tried 10:00–10:05 UTC, just now on host-1; the filter could not be counted. Its notes say why. | /filters/shop | filter-not-read',
      ],
    ],
    [
      'nothing is counted yet, and a run is at it',
      { filters: [uncountedOf('shop'), uncountedOf('back')], runs: [busy] },
      [
        'running: idle: Run under way',
        '  Nothing of 10:00–10:05 UTC is counted yet. A run began on host-2 just now. | /status#runs',
      ],
    ],
    [
      'no run came yet, with a ledger',
      none,
      [
        'running: warn: No run yet',
        '  The ledger knows of none in 24 hours. Windows are counted when a cron job posts to /run. | /status#runs | page-no-run',
      ],
    ],
    [
      'no run came yet, without one: a new server',
      { ...none, ...own, since: LOOK - 3 * MINUTE },
      [
        'running: warn: No run yet',
        '  host-1 started 3 min ago and remembers nothing from before. Windows are counted when a cron job posts to /run. | /status#runs | page-no-run',
      ],
    ],
    [
      'no run came yet, and the ledger cannot be read',
      { ...none, ...unread, since: LOOK - 3 * MINUTE },
      [
        'running: warn: Not known',
        '  The ledger cannot be read, and host-1 started 3 min ago and has counted nothing itself. | /status#origin | page-ledger-unread',
      ],
    ],
    [
      'the first run is under way',
      { ...none, runs: [busy] },
      [
        'running: idle: First run under way',
        '  What it counts is shown when it ends. A run began on host-2 just now. | /status#runs',
      ],
    ],
    [
      'it is late',
      later(2),
      [
        'running: bad: Late',
        '  The last counted window is 10:00–10:05 UTC, 10 min ago on host-1; 2 windows are overdue. Check the cron job, and whether the servers can be reached. | /status#runs | page-late',
      ],
    ],
    [
      'it is late, and this server knows of itself alone',
      { ...later(1), ...own },
      [
        'running: bad: Late',
        '  The last counted window is 10:00–10:05 UTC, 5 min ago on host-1; 1 window is overdue. Check the cron job, and whether the servers can be reached. Without a ledger host-1 knows of its own runs alone. | /status#runs | page-late',
      ],
    ],
    [
      'it is late, the last window could not be counted, and a run is under way',
      { ...later(1), filters: [uncountedOf('shop')], runs: [{ ...busy, startedAt: LOOK + FIVE - 90_000 }, runOf()] },
      [
        'running: bad: Late',
        '  The last window that was tried, in vain, is 10:00–10:05 UTC, 5 min ago on host-1; 1 window is overdue. A run began on host-2 1 min ago. | /status#runs | page-late',
      ],
    ],
    [
      'it is late, or only this server is: the ledger cannot be read',
      { ...later(1), ...unread },
      [
        'running: warn: Not known',
        '  The ledger cannot be read, so nobody knows what other servers count. This one, host-1, was at 10:00–10:05 UTC last, 5 min ago on host-1. | /status#runs | page-ledger-unread',
      ],
    ],
    [
      'the newest run died',
      { runs: [{ ...busy, startedAt: LOOK - 11 * MINUTE }, runOf()] },
      [
        'running: good: Running',
        '  Counted 10:00–10:05 UTC, just now on host-1.',
        '  The newest run began on host-2 11 min ago and never ended. | /status#runs | page-never-ended',
      ],
    ],
    [
      'an older run died',
      { runs: [runOf(), { ...busy, startedAt: LOOK - 60 * MINUTE }] },
      ['running: good: Running', '  Counted 10:00–10:05 UTC, just now on host-1.'],
    ],
    [
      'the window is of the day before',
      { now: LOOK + 24 * 60 * MINUTE, overdue: 288 },
      [
        'running: bad: Late',
        '  The last counted window is 20 Nov 10:00–10:05 UTC, 24 h ago on host-1; 288 windows are overdue. Check the cron job, and whether the servers can be reached. | /status#runs | page-late',
      ],
    ],
  ];
  for (const [state, given, expected] of states)
    it(`when ${state}`, () => assert.deepEqual(saidOf('running', pageDataOf(given)), expected));
});
