import assert from 'node:assert/strict';
import type { WindowCount } from '../../../../src/core/ports/read-model.ts';
import { heightOf, describe as inWords, spark } from '../../../../src/server/pages/parts/spark.ts';
import { START } from '../../../support/build/reports.ts';

const at = (events: number, complete = true): WindowCount => ({ start: START, events, complete, revision: 0 });

describe('a small chart', () => {
  it('is one path of bars, with a further one for what is incomplete and one for what was not counted', () => {
    const { text } = spark({ windows: [at(8), at(0), null, null, at(2, false), at(4)], from: START, label: 'a "b"' });
    assert.equal(
      text,
      '<svg class="spark" viewBox="0 0 18 32" preserveAspectRatio="none" role="img" aria-label="a &quot;b&quot;" data-from="1795168800000" data-counts="8 0 - - 2+ 4">' +
        '<path class="gaps" d="M6 0h6v32h-6z"/><path class="bars" d="M0 32v-32h2v32M3 32v-1h2v1M15 32v-16h2v16"/><path class="open" d="M12 32v-8h2v8"/></svg>',
    );
    assert.equal(spark({ windows: [at(1)], from: START, label: '' }).text.match(/<path/g)?.length, 1);
  });

  it('shows every count: none above the box, none like a zero', () => {
    assert.deepEqual(
      [0, 1, 2, 50, 999, 1000].map((events) => heightOf(events, 1000)),
      [1, 2, 2, 2, 32, 32],
    );
  });

  it('is told in words', () => {
    assert.equal(
      inWords([{ ...at(3), start: START }, null, { ...at(1200, false), start: START + 600_000 }], START),
      '10:00 to 10:15 UTC: 2 windows, highest 1,200 at 10:10, 1 incomplete, 1 not counted',
    );
    assert.equal(inWords([null, null], START), '10:00 to 10:10 UTC: nothing was counted');
  });
});
