import assert from 'node:assert/strict';
import type { GapReason } from '../../../../src/core/model/gap.ts';
import type { FilterData, Origin, PageData } from '../../../../src/server/pages/data/model.ts';
import { findingsOf } from '../../../../src/server/pages/findings/findings.ts';
import type { View } from '../../../../src/server/pages/view/view.ts';
import {
  filterDataOf,
  LOOK,
  pageDataOf,
  receiptOf,
  runOf,
  seenOf,
  slotOf,
  uncountedOf,
} from '../../../support/build/page-data.ts';
import { issueOf, START } from '../../../support/build/reports.ts';

const FIVE = 300_000;
const MINUTE = 60_000;

/** A line a sentence: what it says, where it is to be seen, which rows explain it. */
function said(data: PageData, view: View = {}): readonly string[] {
  return findingsOf(data, view).flatMap(({ question, health, head, sentences }) => [
    `${question}: ${health}: ${head}`,
    ...sentences.map(({ text, shown, see = [] }) =>
      [`  ${text}`, ...(shown === undefined ? [] : [shown.href]), ...see].join(' | '),
    ),
  ]);
}

/** Of one question alone. */
function saidOf(question: string, data: PageData, view: View = {}): readonly string[] {
  const all = said(data, view);
  const first = all.findIndex((line) => line.startsWith(`${question}: `));
  const next = all.findIndex((line, index) => index > first && !line.startsWith(' '));
  return first < 0 ? [] : all.slice(first, next < 0 ? undefined : next);
}

const gapped = (name: string, reason: GapReason, part: 'totals' | 'baselines' = 'totals'): FilterData =>
  filterDataOf(name, { report: seenOf(name, { complete: part === 'baselines', gaps: [{ part, reason }] }) });
const trending = (name: string, issueId: string, score: number): FilterData =>
  filterDataOf(name, {
    report: seenOf(name, {
      issues: [
        issueOf({ issueId, project: 'web', events: 20, expected: 3.75, score, trending: true, state: 'surging' }),
      ],
    }),
  });
const own: Pick<PageData, 'origin' | 'onError'> = {
  origin: { counts: 'source', runs: 'memory', readAt: LOOK, troubles: [], pending: 0 },
  onError: null,
};
const unread: Pick<PageData, 'origin'> = {
  origin: { ...own.origin, troubles: [{ of: 'ledger', text: 'The ledger cannot be reached: connect ECONNREFUSED.' }] },
};
const none: Partial<PageData> = {
  runs: [],
  current: null,
  filters: ['shop', 'back'].map((name) => uncountedOf(name, { windows: Array<null>(12).fill(null), usual: null })),
};
const busy = runOf({ runId: 'run-2', server: 'host-2', startedAt: LOOK - 10_000, endedAt: null, outcome: null });
const later = (windows: number): Partial<PageData> => ({ now: LOOK + windows * FIVE, overdue: windows });
const WHOLE = 'All 2 filters were counted whole.';
const CALM = ['trending: good: No issue trends', '  None does in the last window.'];

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

describe('the verdict on whether it is right', () => {
  const down = { accepted: 0, refused: [], uncertain: 0, failed: 3, refs: [], error: 'anodot: answered 403' };
  const states: readonly (readonly [string, Partial<PageData>, readonly string[]])[] = [
    ['all is whole', {}, ['right: good: Right', `  ${WHOLE} anodot and newrelic took everything.`]],
    [
      'the one filter is whole',
      { filters: [filterDataOf('shop')], sinks: ['anodot'] },
      ['right: good: Right', '  The filter was counted whole. anodot took everything.'],
    ],
    [
      'every run is a debug run',
      { dryRun: true, onError: null, filters: [filterDataOf('shop', { receipts: [] }), filterDataOf('back')] },
      ['right: good: Right', `  ${WHOLE} Debug runs only (DRY_RUN): nothing is sent.`],
    ],
    [
      'no sink is configured',
      { sinks: [] },
      ['right: good: Right', `  ${WHOLE} No sink is configured: nothing is sent.`],
    ],
    [
      'another server has it in hand',
      {
        filters: [
          filterDataOf('shop', { receipts: [receiptOf('shop', 'anodot', { state: 'in hand', receipt: null })] }),
        ],
        sinks: ['anodot'],
      },
      ['right: idle: Not all sent yet', '  The filter was counted whole. anodot has 1 report in hand.'],
    ],
    [
      'no filter sends to a sink',
      { filters: [filterDataOf('shop', { receipts: [receiptOf('shop', 'newrelic')] })] },
      ['right: good: Right', '  The filter was counted whole. newrelic took everything; nothing is known of anodot.'],
    ],
    [
      'a sink is down',
      { filters: [filterDataOf('shop', { receipts: [receiptOf('shop', 'anodot', { receipt: down })] })] },
      ['right: bad: Not right', '  anodot lacks 1 report. | /status#sinks | sink-failed'],
    ],
    [
      'a sink did not take all',
      {
        filters: [
          filterDataOf('shop', {
            receipts: [
              receiptOf('shop', 'anodot', {
                receipt: { ...down, accepted: 2, failed: 0, refused: [{ key: 'k', why: 'no' }] },
              }),
            ],
          }),
        ],
      },
      ['right: warn: Not right', '  anodot did not take every record. | /status#sinks | sink-refused'],
    ],
    [
      'no window was counted yet',
      none,
      ['right: idle: Nothing to judge', '  No window was counted yet. | page-no-run'],
    ],
    [
      'no filter is in force',
      { filters: [] },
      ['right: idle: Nothing to judge', '  No filter is in force. | /status#files | filters-file'],
    ],
    [
      'a run is at the others',
      { filters: [filterDataOf('shop'), uncountedOf('back')], runs: [busy] },
      ['right: idle: Under way', '  back is being counted.'],
    ],
    [
      'one was not counted',
      { filters: [filterDataOf('shop'), uncountedOf('back')] },
      ['right: bad: Not right', '  back was not counted. | /filters/back | page-not-counted'],
    ],
    [
      'one could not be read, and this server knows why, although a run is under way',
      { filters: [filterDataOf('shop'), uncountedOf('back', { fault: 'sentry: answered 401' })], runs: [busy] },
      ['right: bad: Not right', '  back was not counted. | /filters/back | filter-not-read'],
    ],
    [
      'five were not counted',
      { filters: ['a', 'b', 'c', 'd', 'e'].map((name) => uncountedOf(name)) },
      ['right: bad: Not right', '  a, b, c and 2 more were not counted. | /filters | page-not-counted'],
    ],
    [
      'one is incomplete',
      { filters: [gapped('shop', 'row_limit'), filterDataOf('back')] },
      ['right: warn: Not right', '  shop is incomplete (row_limit). | /filters/shop | gap-row_limit'],
    ],
    [
      'one is incomplete, and nobody says why',
      { filters: [filterDataOf('shop', { report: seenOf('shop', { complete: false }) })] },
      ['right: warn: Not right', '  shop is incomplete. | /filters/shop | http-200'],
    ],
    [
      'the source is silent',
      { filters: [gapped('shop', 'source_silent'), gapped('back', 'source_silent')] },
      [
        'right: bad: Not right',
        '  Sentry itself has fallen silent: its zeros are no all-clear. | /filters | gap-source_silent',
      ],
    ],
    [
      'one of two sources is silent',
      { filters: [gapped('shop', 'source_silent'), filterDataOf('back')] },
      [
        'right: bad: Not right',
        '  Sentry has fallen silent for shop: these zeros are no all-clear. | /filters/shop | gap-source_silent',
      ],
    ],
    [
      'windows of the hour were missed',
      { filters: [filterDataOf('shop', { missed: 2 }), filterDataOf('back')] },
      [
        'right: warn: Not right',
        '  Windows of the last hour were not counted in shop. | /filters/shop | page-not-counted',
      ],
    ],
    [
      'filters files are faulty, before anything was counted',
      {
        ...none,
        files: [
          { where: 'a.yaml:3', text: 'no' },
          { where: 'b.yaml', text: 'no', since: LOOK - 60 * MINUTE },
        ],
      },
      [
        'right: warn: Not right',
        '  1 filters file is left out: a.yaml:3. | /status#files | filters-file',
        '  Not taken: b.yaml; the text of 09:07 UTC is in force. | /status#files | filters-file',
      ],
    ],
    [
      'it is late: then it was right',
      later(2),
      [
        'right: idle: It was right',
        '  In 10:00–10:05 UTC all 2 filters were counted whole. anodot and newrelic took everything.',
      ],
    ],
  ];
  for (const [state, given, expected] of states)
    it(`when ${state}`, () => assert.deepEqual(saidOf('right', pageDataOf(given)), expected));
});

describe('the verdict on what trends', () => {
  const idle = (head: string, text: string): readonly string[] => [`trending: idle: ${head}`, `  ${text}`];
  const PARTLY = 'No issue trends in what could be counted; not everything could. | /filters';
  const states: readonly (readonly [string, Partial<PageData>, readonly string[]])[] = [
    ['all was counted whole', {}, CALM],
    [
      'issues trend',
      { filters: [trending('shop', '7', 5), trending('back', '8', 9)] },
      [
        'trending: trend: 2 issues trend',
        '  Most unusual: Error: card declined in web, 20 events in 5 min, expected 3.8. | /issues | page-trends',
      ],
    ],
    [
      'one trends in what was counted',
      { filters: [trending('shop', '7', 5), uncountedOf('back')] },
      [
        'trending: trend: 1 issue trends',
        '  Most unusual: Error: card declined in web, 20 events in 5 min, expected 3.8. There may be more: not everything could be counted. | /issues | page-trends',
      ],
    ],
    [
      'one trended before it was late',
      { ...later(1), filters: [trending('shop', '7', 5)] },
      [
        'trending: trend: 1 issue trends',
        '  Most unusual: Error: card declined in web, 20 events in 5 min, expected 3.8. Counted in 10:00–10:05 UTC; nothing later is known. | /issues | page-trends',
      ],
    ],
    [
      'nothing was counted yet',
      none,
      idle('Not known', 'No filter has a count of the last window. | /filters | page-no-run'),
    ],
    [
      'nothing could be counted',
      { filters: [uncountedOf('shop')] },
      idle('Not known', 'No filter has a count of the last window. | /filters/shop | page-not-counted'),
    ],
    [
      'one of two was not counted',
      { filters: [filterDataOf('shop'), uncountedOf('back')] },
      idle('None seen to trend', `${PARTLY} | page-not-counted`),
    ],
    [
      'one is incomplete',
      { filters: [gapped('shop', 'row_limit'), filterDataOf('back')] },
      idle('None seen to trend', `${PARTLY} | gap-row_limit`),
    ],
    [
      'the past of issues could not be read',
      { filters: [gapped('shop', 'not_answered', 'baselines'), filterDataOf('back')] },
      idle('None seen to trend', `${PARTLY} | gap-not_answered`),
    ],
    ['the server has no past to be judged by', { filters: [gapped('shop', 'not_supported', 'baselines')] }, CALM],
    [
      'the source is silent',
      { filters: [gapped('shop', 'source_silent'), filterDataOf('back')] },
      idle('Not known', 'Sentry is silent: no issue can be seen to trend. | /filters/shop | gap-source_silent'),
    ],
    [
      'it is late',
      later(1),
      idle(
        'Not known',
        'No issue trended in 10:00–10:05 UTC, the last counted window. Nothing later is known. | /status#runs | page-late',
      ),
    ],
  ];
  for (const [state, given, expected] of states)
    it(`when ${state}`, () => assert.deepEqual(saidOf('trending', pageDataOf(given)), expected));
});

describe('the verdict on the ledger', () => {
  const trouble = (of: Origin['troubles'][number]['of'], text: string): Pick<PageData, 'origin'> => ({
    origin: { ...pageDataOf().origin, troubles: [{ of, text }] },
  });
  const safe = 'Sinks that a repeat would harm wait for it, the others are served (LEDGER_ON_ERROR=safe).';
  const states: readonly (readonly [string, Partial<PageData>, readonly string[]])[] = [
    ['there is none', own, []],
    ['it works', {}, ['ledger: good: Ledger in order', '  It was read just now, and no write failed.']],
    [
      'it cannot be read',
      unread,
      [
        'ledger: bad: Ledger in trouble',
        `  The ledger cannot be reached: connect ECONNREFUSED. ${safe} | /status#origin | page-ledger-unread`,
      ],
    ],
    [
      'nothing can be written, and nothing is sent meanwhile',
      { ...trouble('writes', 'Nothing can be written: the disk is full.'), onError: 'stop' },
      [
        'ledger: bad: Ledger takes no writes',
        '  Nothing can be written: the disk is full. Nothing is sent until it works (LEDGER_ON_ERROR=stop). | /status#origin | page-ledger-unwritten',
      ],
    ],
    [
      "Sentry's series cannot be read: that is another matter",
      trouble('series', 'No time series of shop: sentry: answered 500'),
      ['ledger: good: Ledger in order', '  It was read just now, and no write failed.'],
    ],
  ];
  for (const [state, given, expected] of states)
    it(`when ${state}`, () => assert.deepEqual(saidOf('ledger', pageDataOf(given)), expected));
});

describe('the verdicts on an instant that is over', () => {
  const at = START + FIVE;

  it('are of its window alone: whether it runs, and the ledger works, is asked of now', () =>
    assert.deepEqual(said(pageDataOf({ now: LOOK + 60 * MINUTE }), { at }), [
      'right: good: Right',
      '  In 10:00–10:05 UTC all 2 filters were counted whole. anodot and newrelic took everything.',
      'trending: good: No issue trends',
      '  None did in 10:00–10:05 UTC.',
    ]));

  it('say when its window was not counted, and lead to pages of that instant', () => {
    const data = pageDataOf({
      overdue: 3,
      filters: [filterDataOf('shop'), uncountedOf('back')],
      files: [{ where: 'a', text: '' }],
    });
    const then = 'at=2026-11-20T10%3A15%3A00.000Z';
    assert.deepEqual(said(data, { at: START + 3 * FIVE }), [
      'right: bad: Not right',
      `  The last window of that time was not counted; what follows is of 10:00–10:05 UTC. | /status?${then}#runs | page-not-counted`,
      `  back was not counted. | /filters/back?${then} | page-not-counted`,
      'trending: idle: None seen to trend',
      `  No issue trends in what could be counted; not everything could. | /filters?${then} | page-not-counted`,
    ]);
  });
});

describe('the verdicts on a filter that no file names any more', () => {
  it('are one: it is no longer counted', () => {
    const gone = uncountedOf('old', { configured: false, windows: [slotOf(0, 3)] });
    assert.deepEqual(said(pageDataOf({ filters: [gone] })), [
      'right: idle: Not in force',
      '  No filters file of this server names it any more: it is no longer counted here.',
    ]);
  });
});
