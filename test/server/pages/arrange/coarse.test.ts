import assert from 'node:assert/strict';
import { isCrowd, joined } from '../../../../src/server/pages/arrange/coarse.ts';
import { homePage } from '../../../../src/server/pages/all/home.ts';
import type { Slot } from '../../../../src/server/pages/data/model.ts';
import { filterDataOf, pageDataOf, slotOf } from '../../../support/pages/page-data.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const FIVE = 300_000;
const slot = (index: number, events: number, given: Partial<Slot> = {}): Slot => ({
  start: index * FIVE,
  events,
  complete: true,
  revision: 0,
  ...given,
});

describe('a chart with fewer bars', () => {
  const of = (slots: readonly (Slot | null)[]) =>
    joined(slots, { span: { start: 0, end: slots.length * FIVE }, step: FIVE });

  it('adds up three, and lacks what one of them lacks', () => {
    assert.deepEqual(
      of([
        ...[slot(0, 1), slot(1, 2, { revision: 2 }), slot(2, 3)],
        ...[slot(3, 4), null, slot(5, 6)],
        ...[slot(6, 7), slot(7, 8, { complete: false }), slot(8, 9)],
        ...[null, null, null],
      ]),
      [
        { start: 0, events: 6, complete: true, revision: 2, counted: 3, due: 3 },
        { start: 3 * FIVE, events: 10, complete: false, revision: 0, counted: 2, due: 3 },
        { start: 6 * FIVE, events: 24, complete: false, revision: 0, counted: 3, due: 3 },
        null,
      ],
    );
  });

  it('is told by the source where all that is known of it is', () => {
    const told = { from: 'source', counted: 0 } as const;
    assert.deepEqual(
      of([slot(0, 1, told), slot(1, 2, told), slot(2, 3, told), slot(3, 4, told), slot(4, 5), slot(5, 6)]).map((it) => [
        it?.from,
        it?.counted,
      ]),
      [
        ['source', 0],
        [undefined, 2],
      ],
    );
  });

  it('is drawn of more than 200 filters, with as many events', () => {
    const filters = Array.from({ length: 201 }, (_, n) =>
      filterDataOf(`filter-${n}`, {
        team: `team-${n % 3}`,
        windows: Array.from({ length: 12 }, (_it, index) => (index === 4 && n === 0 ? null : slotOf(index, index))),
      }),
    );
    assert.deepEqual([isCrowd(filters.slice(1)), isCrowd(filters)], [false, true]);
    const text = homePage(pageDataOf({ filters }), {});
    assert.match(textIn(text), /Counts each bar: events in 15 min Peak events in 15 min/);
    const [counts] = [...text.matchAll(/<tr data-team="team-0"[^]*?data-step="(\d+)" data-counts="([^"]*)"/g)];
    // 67 filters of the team; one of them lacks a window.
    assert.deepEqual(counts!.slice(1), [String(3 * FIVE), '201 800+ 1407 2010']);
  });
});
