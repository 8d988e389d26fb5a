import assert from 'node:assert/strict';
import type { FilterData, PageData } from '../../../../src/server/pages/data/model.ts';
import { filterDataOf, pageDataOf, seenOf, uncountedOf } from '../../../support/pages/page-data.ts';
import { gapped, later, none } from '../../../support/pages/page-states.ts';
import { issueOf } from '../../../support/build/reports.ts';
import { saidOf } from '../../../support/pages/said.ts';

const trending = (name: string, issueId: string, score: number): FilterData =>
  filterDataOf(name, {
    report: seenOf(name, {
      issues: [
        issueOf({ issueId, project: 'web', events: 20, expected: 3.75, score, trending: true, state: 'surging' }),
      ],
    }),
  });
const CALM = ['trending: good: No issue trends', '  None does in the last window.'];

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
