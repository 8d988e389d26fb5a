import assert from 'node:assert/strict';
import { chartInWords, textBars } from '../../../src/core/chart/words.ts';
import { chartOf, DAY } from '../../support/digests/digests.ts';

const said = { chart: chartOf(DAY), name: 'crm-morning', zone: 'Europe/Berlin' };

describe('a chart of a digest in words', () => {
  it('has all its numbers, and says which are a lower bound and which nobody counted', () =>
    assert.equal(
      chartInWords(said, 2000),
      'crm-morning, Thu 19 Nov 09:00 to Fri 20 Nov 09:00, Europe/Berlin: at least 1,052 events; ' +
        'most at Fri 20 Nov 03:00: 200 in 1 h; 2 of 24 bars of 1 h incomplete; 3 of 24 bars of 1 h not counted. ' +
        'By hour from Thu 19 Nov 09:00: 40, 60, 80, 75, 70, 0, 55, 50, at least 30, at least 0, 20, 10, 5, ' +
        'not counted, not counted, not counted, 4, 3, 200, 90, 45, 50, 65, 100',
    ));

  it('where there is little room has the sum and the peak', () => {
    const short = chartInWords(said, 300);
    assert.ok(short.length <= 300 && short.endsWith('3 of 24 bars of 1 h not counted.'), short);
    assert.equal(chartInWords(said, 20), 'crm-morning, Thu 19 ');
  });

  it('of a quiet day, of one event and of nothing counted is a sentence too', () => {
    const words = (bars: Parameters<typeof chartOf>[0]): string =>
      chartInWords({ ...said, chart: chartOf(bars) }, 2000).replace(/^.*Berlin: /, '');
    assert.equal(words([0, 0]), '0 events. By hour from Fri 20 Nov 07:00: 0, 0');
    assert.equal(words([1]), '1 event; most at Fri 20 Nov 08:00: 1 in 1 h. By hour from Fri 20 Nov 08:00: 1');
    assert.match(words([null, null]), /^nothing was counted; 2 of 2 bars of 1 h not counted\. /);
  });

  it('adds bars of minutes up to hours, and hours of a week to quarters of a day', () => {
    const minutes = chartOf([1, 2, 3, 4, 5, 6, 7, '8+', 9, 10, 11, 12], { barMs: 600_000 });
    assert.match(chartInWords({ ...said, chart: minutes }, 2000), /By hour from .*: 21, at least 57$/);
    const week = chartOf([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, null, 2], { span: '7d' });
    assert.match(chartInWords({ ...said, chart: week }, 2000), /By six hours from .*: 6, at least 10$/);
  });
});

describe('a chart of letters', () => {
  it('tells zeros, counts, lower bounds and what was not counted apart', () =>
    assert.deepEqual(textBars(said), [
      '09:00 ▂▃▄▄▃·▃▃▂·▁▁▁×××▁▁█▄▂▃▃▅ 09:00',
      '              ??',
      'a sign is 1 hour, █ is 200 events, · none, ? at least so many, × not counted',
    ]));

  it('needs no second line when all of it is sure', () =>
    assert.deepEqual(textBars({ ...said, chart: chartOf([8, 4, 1]) }), [
      '06:00 █▅▂ 09:00',
      'a sign is 1 hour, █ is 8 events',
    ]));
});
