import assert from 'node:assert/strict';
import { NO_DETAIL } from '../../../../src/server/pages/data/model.ts';
import { deliveriesPart } from '../../../../src/server/pages/filter/deliveries.ts';
import { latePart } from '../../../../src/server/pages/filter/late.ts';
import { START } from '../../../support/build/reports.ts';
import { pageDataOf } from '../../../support/pages/page-data.ts';
import { textIn } from '../../../support/pages/read-page.ts';

describe('windows that changed after they were sent', () => {
  const rows = (...late: readonly (readonly [first: number | null, events: number | null])[]) => {
    const all = late.map(([first, events], slot) => ({ start: START - slot * 300_000, first, events }));
    return latePart({ ...NO_DETAIL, late: all }, pageDataOf())?.text ?? null;
  };

  it('show what came later, or went, and a dash where that cannot be compared', () => {
    const text = rows([3, 7], [9, 7], [4, 4], [null, 5], [5, null])!;
    assert.deepEqual(
      [...text.matchAll(/<tr data-late[^>]*>([^]*?)<\/tr>/g)].map(([, row]) => textIn(row!)),
      ['10:00 3 7 +4', '09:55 9 7 −2', '09:50 4 4 0', '09:45 – 5 –', '09:40 5 – –'],
    );
    assert.doesNotMatch(text, /more window/);
  });

  it('are none, or the newest first with the older ones folded', () => {
    assert.equal(rows(), null);
    assert.match(textIn(rows(...Array.from({ length: 40 }, () => [1, 2] as const))!), /\d+ more windows/);
  });
});

describe('deliveries of a filter', () => {
  it('are not shown where nothing is sent to anybody', () => {
    assert.equal(deliveriesPart(pageDataOf({ sinks: [] }), new Map()), null);
    assert.match(textIn(deliveriesPart(pageDataOf(), new Map())!.text), /No window of this range has a report\./);
  });
});
