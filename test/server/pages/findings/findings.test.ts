import assert from 'node:assert/strict';
import type { FilterData, Origin, PageData, Slot } from '../../../../src/server/pages/data/model.ts';
import { missingIn } from '../../../../src/server/pages/findings/coverage.ts';
import { filterDataOf, LOOK, pageDataOf, slotOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { none, own, unread } from '../../../support/pages/page-states.ts';
import { START, WINDOW } from '../../../support/build/reports.ts';
import { said, saidOf } from '../../../support/pages/said.ts';

const FIVE = 300_000;
const MINUTE = 60_000;

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

  it('say when nothing was counted by then: nobody waits for a first run', () =>
    assert.deepEqual(said(pageDataOf(none), { at: START }), [
      'right: idle: Nothing to judge',
      '  No window is known that was counted by then. | page-not-counted',
      'trending: idle: Not known',
      '  No filter has a count of the last window. | /filters?at=2026-11-20T10%3A00%3A00.000Z | page-not-counted',
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

describe('windows that are missing', () => {
  const missing = (windows: FilterData['windows']): number =>
    missingIn({ windows }, { span: { start: START - 5 * FIVE, end: START + FIVE }, step: FIVE, current: WINDOW });
  const told: Slot = { ...slotOf(0, 1), counted: 0, from: 'source' };

  it('are those after the first that was counted, and none that Sentry tells of', () => {
    assert.equal(missing([null, null, slotOf(2, 1), null, slotOf(4, 1), null]), 2);
    assert.equal(missing([told, told, slotOf(2, 1), null]), 1);
    assert.equal(missing([told, told, told]), 0);
  });

  it('of the hour before are told as such, also of an instant that is over', () => {
    const data = pageDataOf({ filters: [filterDataOf('shop', { missed: 2 })] });
    assert.match(said(data).join(), /Windows of the last hour were not counted in shop\./);
    assert.match(said(data, { at: START + FIVE }).join(), /Windows of the hour before were not counted in shop\./);
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
