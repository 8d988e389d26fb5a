import assert from 'node:assert/strict';
import type { Judgement } from '../../../../src/core/alerts/judge/kind.ts';
import { lastKnown, steady } from '../../../../src/core/alerts/fold/texts.ts';

const JUDGED: Judgement = {
  subject: { kind: 'filter', id: 'a', title: 'a' },
  ...{ holds: null, value: null, limit: null, expected: null, atLeast: false, why: 'not counted' },
};
const END = Date.UTC(2026, 10, 20, 10, 5);

describe('what is told of what lasts', () => {
  const why = (value: number | null, limit: number | null) =>
    lastKnown(JUDGED, { known: { end: END, value, limit } } as never).why;

  it('has what was known last, as far as it was', () => {
    assert.equal(why(52, 4), 'not counted; last known 10:05 UTC: 52 (limit 4)');
    assert.equal(why(52, null), 'not counted; last known 10:05 UTC: 52');
    assert.equal(why(null, null), 'not counted; last known 10:05 UTC');
  });

  it('says what of it when it is steady again', () => {
    const start = '0 changes within an hour: it is steady again, and';
    assert.equal(steady(JUDGED, true).why, `${start} lasts: not counted`);
    assert.equal(steady(JUDGED, false).why, `${start} over: not counted`);
  });
});
