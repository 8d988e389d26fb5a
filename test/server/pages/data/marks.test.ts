import assert from 'node:assert/strict';
import type { Deploy } from '../../../../src/core/model/alerting/deploy.ts';
import type { Window } from '../../../../src/core/model/window.ts';
import { Grid } from '../../../../src/server/pages/data/counts/grid.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { deploysIn, outagesIn } from '../../../../src/server/pages/data/marks.ts';

const FIVE = 300_000;

/** A filter that was counted in these windows. */
function counted(...places: readonly number[]): Grid {
  const grid = new Grid(FIVE, 50);
  for (const place of places) grid.put(place * FIVE, { events: 0, counted: 1, complete: 1, revision: 0 });
  return grid;
}

async function outages(
  grids: readonly Grid[],
  { first = 0, until = 10, elsewhere = [] }: { first?: number; until?: number; elsewhere?: readonly number[] } = {},
): Promise<readonly (readonly [number, number])[]> {
  const marks = await outagesIn(grids, {
    span: { start: 0, end: 10 * FIVE },
    until: until * FIVE,
    first: first * FIVE,
    countedElsewhere: async (spans: readonly Window[]) => spans.filter(({ start }) => elsewhere.includes(start / FIVE)),
  });
  for (const { kind, text } of marks) assert.deepEqual([kind, text], ['outage', 'No filter was counted']);
  return marks.map(({ start, end }) => [start / FIVE, end / FIVE]);
}

describe('an outage', () => {
  it('is a stretch in which no filter was counted, between some that were', async () =>
    assert.deepEqual(await outages([counted(0, 1, 5, 8, 9), counted(0, 6, 9)]), [
      [2, 5],
      [7, 8],
    ]));

  it('is none where one filter was counted', async () =>
    assert.deepEqual(await outages([counted(0, 9), counted(1, 2, 3, 4, 5, 6, 7, 8)]), []));

  it('is none where a filter was counted that is not shown', async () =>
    assert.deepEqual(await outages([counted(0, 9)], { elsewhere: [1, 2, 3, 6, 7, 8] }), [[4, 6]]));

  it('is none before the first count of all, but may begin with the span when that was earlier', async () => {
    assert.deepEqual(await outages([counted(4, 9)], { first: 4 }), [[5, 9]]);
    assert.deepEqual(await outages([counted(4, 5, 6, 7, 8, 9)], { first: 4 }), []);
    assert.deepEqual(await outages([counted(4, 5, 6, 7, 8, 9)], { first: -3 }), [[0, 4]]);
  });

  it('is none while it lasts: that is said elsewhere', async () => {
    assert.deepEqual(await outages([counted(0, 1, 2)]), []);
    assert.deepEqual(await outages([counted(0, 1, 2)], { until: 3 }), []);
    assert.deepEqual(await outages([counted(0, 2)], { until: 3 }), [[1, 2]]);
  });

  it('is none without filters', async () => assert.deepEqual(await outages([]), []));
});

describe('a release', () => {
  const marksOf = async (filters: readonly { readonly name: string; readonly team?: string }[]) => {
    const { outbox } = memoryAlerts(() => 100 * FIVE);
    const deploy = async (what: Deploy['what'], release: string, from: number, to: number): Promise<void> =>
      outbox.deploy({ id: release, what, release, since: from * FIVE, until: to * FIVE });
    const shop = { kind: 'filter', name: 'shop' } as const;
    await deploy(shop, '1.4', 3, 9);
    await deploy({ kind: 'team', name: 'crm' }, '2.0', 1, 4);
    await deploy({ kind: 'team', name: 'shop' }, '3.0', 3, 9);
    await deploy(shop, 'before', 0, 1);
    await deploy(shop, 'after', 10, 12);
    const marks = await deploysIn(filters, { start: 2 * FIVE, end: 10 * FIVE }, outbox);
    return marks.map(({ kind, start, end, text }) => [kind, start / FIVE, end / FIVE, text]);
  };

  it('of a filter, or of its team, is marked from its begin on', async () => {
    assert.deepEqual(await marksOf([{ name: 'shop' }]), [['deploy', 3, 9, '1.4']]);
    assert.deepEqual(await marksOf([{ name: 'shop', team: 'crm' }]), [
      ['deploy', 1, 4, '2.0, team crm'],
      ['deploy', 3, 9, '1.4'],
    ]);
    assert.deepEqual(await marksOf([{ name: 'crm', team: 'shop' }]), [['deploy', 3, 9, '3.0, team shop']]);
    assert.deepEqual(await marksOf([{ name: 'mail' }]), []);
  });
});
