import assert from 'node:assert/strict';
import { ALERTS } from '../../../src/core/ports/alerting/decider.ts';
import type { KnownCounts, Recounts } from '../../../src/core/ports/recounts.ts';
import { type Book, correctionsOf, nameOf } from '../../../src/core/recount/corrections.ts';
import { filterOf } from '../../support/build/reports.ts';

const FILTERS = ['shop', 'back'].map((name) => filterOf({ name, projects: ['web'] }));
const ID = 'shop@2026-11-20T10:00:00.000Z';
const receipt = { status: 'sent', accepted: 1, refused: [], uncertain: 0, failed: 0, refs: [] } as const;
const sentTo = (reportId: string, sink: string, revision = 1) =>
  [nameOf(reportId, revision), [{ key: { reportId, revision, sink }, receipt }]] as const;
const totals = (events: number) => [{ project: 'web', projectId: '1', events, users: 0, issues: 0 }];
const count = (revision: number, events: number) => ({ revision, totals: totals(events), gaps: [] });

describe('what a run says of windows that were counted again', () => {
  const of = (
    sent: readonly ReturnType<typeof sentTo>[],
    known: Readonly<Record<string, KnownCounts['counts']>> = {},
  ) => {
    const book: Book = { changed: new Map(), sent: new Map(sent.map(([name, all]) => [name, [...all]])) };
    const look: Recounts['look'] = async (asked) =>
      new Map(
        asked.flatMap(({ reportId }) =>
          known[reportId] === undefined ? [] : [[reportId, { counts: known[reportId], told: [], isSameFilter: true }]],
        ),
      );
    return correctionsOf(book, { look } as Recounts, FILTERS);
  };

  it('is by what was kept of those that an earlier run counted', async () => {
    const [one] = await of([sentTo(ID, 'anodot')], { [ID]: [count(0, 3), count(1, 5)] });
    assert.deepEqual([one!.filter, one!.from, one!.to, Object.keys(one!.sinks)], ['shop', 3, 5, ['anodot']]);
  });

  it('is nothing but that it was told where nothing is kept, and nothing of what rules were told', async () => {
    const [one, ...others] = await of([sentTo(ID, 'anodot'), sentTo(ID, ALERTS, 2)]);
    assert.deepEqual([one!.from, one!.to, one!.projects, others], [0, 0, [], []]);
    const [gone] = await of([sentTo('gone@2026-11-20T10:00:00.000Z', 'anodot')]);
    assert.equal(gone!.filter, 'gone');
  });

  it('is in the order of windows, then of counts, then of filters', async () => {
    const back = ID.replace('shop', 'back');
    const early = ID.replace('10:00', '09:55');
    const all = [sentTo(ID, 'x'), sentTo(back, 'x'), sentTo(ID, 'x', 2), sentTo(early, 'x', 3)];
    assert.deepEqual(
      (await of(all)).map(({ id, revision }) => `${id.slice(0, 4)} ${id.slice(-13, -8)} ${revision}`),
      ['shop 09:55 3', 'back 10:00 1', 'shop 10:00 1', 'shop 10:00 2'],
    );
  });
});
