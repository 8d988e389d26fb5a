import assert from 'node:assert/strict';
import type { Slot } from '../../../../src/server/pages/data/model.ts';
import { heightOf } from '../../../../src/server/pages/chart/bars.ts';
import { GRID, spark } from '../../../../src/server/pages/chart/spark.ts';
import { START } from '../../../support/build/reports.ts';

const at = (events: number, complete = true): Slot => ({ start: START, events, complete, revision: 0 });
const PLACE = { from: START, step: 300_000, label: '' };

describe('a small chart', () => {
  it('is one path of bars, with a further one for what is incomplete and one for what was not counted', () => {
    const { text } = spark({ ...PLACE, windows: [at(8), at(0), null, null, at(2, false), at(4)], label: 'a "b"' });
    assert.equal(
      text,
      '<svg class="spark" viewBox="0 0 18 32" preserveAspectRatio="none" role="img" aria-label="a &quot;b&quot;" data-from="1795168800000" data-step="300000" data-counts="8 0 - - 2+ 4">' +
        '<path class="gaps" d="M6 0h6v32h-6z"/><path class="bars" d="M0 32v-32h2v32M3 32v-1h2v1M15 32v-16h2v16"/><path class="open" d="M12 32v-8h2v8"/></svg>',
    );
    assert.equal(spark({ ...PLACE, windows: [at(1)] }).text.match(/<path/g)?.length, 1);
  });

  it('tells apart what Sentry says from what was counted', () =>
    assert.match(
      spark({ ...PLACE, windows: [at(8), { ...at(4), from: 'source' }, { ...at(4, false), from: 'source' }] }).text,
      /<path class="bars" d="M0 32v-32h2v32"\/><path class="told" d="M3 32v-16h2v16"\/><path class="told open" d="M6 32v-16h2v16"\/><\/svg>$/,
    ));

  it('has its own scale, or that of all', () => {
    const drawn = (top?: number): string =>
      / d="(.*?)"/.exec(spark({ ...PLACE, windows: [at(8)], ...(top === undefined ? {} : { top }) }).text)![1]!;
    assert.deepEqual([drawn(), drawn(16), drawn(8000)], ['M0 32v-32h2v32', 'M0 32v-16h2v16', 'M0 32v-2h2v2']);
  });

  it('shows every count: none above the box, none like a zero', () => {
    assert.deepEqual(
      [0, 1, 2, 50, 999, 1000].map((events) => heightOf(events, 1000, GRID)),
      [1, 2, 2, 2, 32, 32],
    );
  });
});
