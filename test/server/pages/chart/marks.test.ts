import assert from 'node:assert/strict';
import type { Mark } from '../../../../src/server/pages/data/model.ts';
import { flagsOf, markList, marksIn, numbered } from '../../../../src/server/pages/chart/marks.ts';
import { START } from '../../../support/build/reports.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const FIVE = 300_000;
const outage = (from: number, to: number, text = 'nothing was counted'): Mark => ({
  kind: 'outage',
  start: START + from * FIVE,
  end: START + to * FIVE,
  text,
});
const deploy = (at: number, text: string): Mark => ({ ...outage(at, at, text), kind: 'deploy' });
const SPAN = { start: START, end: START + 12 * FIVE };

describe('marks of a chart', () => {
  it('have numbers in order of time, are drawn up to where the span ends, and are left out beside it', () => {
    const marks = numbered(
      [deploy(5, 'b'), outage(-3, 2), outage(-3, 0, 'before'), deploy(12, 'after'), outage(11, 20)],
      SPAN,
    );
    assert.deepEqual(
      marks.map(({ number, place, text }) => [
        number,
        ...[place.start, place.end].map((at) => (at - START) / FIVE),
        text,
      ]),
      [
        [1, 0, 2, 'nothing was counted'],
        [2, 5, 5, 'b'],
        [3, 11, 12, 'nothing was counted'],
      ],
    );
  });

  it('say when they really began and ended', () => {
    const [mark] = numbered([outage(-3, 20)], SPAN);
    assert.deepEqual([mark!.start, mark!.end], [START - 3 * FIVE, START + 20 * FIVE]);
  });

  it('are those of a slot that touch it', () => {
    const marks = [outage(1, 3), deploy(3, 'x')];
    const texts = (slot: number): readonly string[] =>
      marksIn(marks, { start: START + slot * FIVE, end: START + (slot + 1) * FIVE }).map(({ text }) => text);
    assert.deepEqual([0, 1, 2, 3, 4].map(texts), [[], ['nothing was counted'], ['nothing was counted'], ['x'], []]);
  });

  it('too near each other share a flag', () =>
    assert.deepEqual(
      flagsOf(numbered([deploy(1, 'a'), deploy(2, 'b'), deploy(3, 'c'), deploy(8, 'd')], SPAN), 2.5 * FIVE).map(
        ({ text }) => text,
      ),
      ['1–3', '4'],
    ));

  it('have their text below, hostile or not', () => {
    const list = markList(numbered([outage(1, 3), deploy(4, '<b>"1.4"')], SPAN), START)!;
    assert.equal(textIn(list.text), '1 outage 10:05 – 10:15 UTC: nothing was counted 2 deploy 10:20 UTC: <b>"1.4"');
    assert.equal(markList([], START), null);
    const many = markList(
      numbered(
        Array.from({ length: 9 }, (_, n) => deploy(n, `r${n}`)),
        SPAN,
      ),
      START,
    )!;
    assert.match(textIn(many.text), /6 deploy 10:25 UTC: r5 3 more marks 7 deploy/);
  });
});
