import assert from 'node:assert/strict';
import type { PageData } from '../../../../src/server/pages/data/model.ts';
import { filterDataOf, LOOK, pageDataOf, receiptOf, seenOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { busy, gapped, later, none } from '../../../support/pages/page-states.ts';
import { saidOf } from '../../../support/pages/said.ts';

const MINUTE = 60_000;
const WHOLE = 'All 2 filters were counted whole.';

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
