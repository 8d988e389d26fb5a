import assert from 'node:assert/strict';
import { decimal, moment, spanOfDay } from '../../../src/server/pages/format.ts';
import { START } from '../../support/build/reports.ts';

describe('numbers and times of a page', () => {
  it('have one decimal where it tells something, and no minus before a zero', () =>
    assert.deepEqual([null, 3, 2.25, -0.04, -1.2, 99.96, 1234.5].map(decimal), [
      '–',
      '3',
      '2.3',
      '0.0',
      '-1.2',
      '100.0',
      '1,235',
    ]));

  it('have their day where it is another than today', () => {
    assert.equal(moment(START, START + 60_000), '10:00');
    assert.equal(moment(START, START + 86_400_000), '20 Nov 10:00');
    assert.equal(spanOfDay({ start: START, end: START + 300_000 }), 'Fri 20 Nov, 10:00–10:05');
  });
});
