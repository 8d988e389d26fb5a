import assert from 'node:assert/strict';
import type { WindowCount } from '../../../../src/core/ports/read-model.ts';
import { recentCounts } from '../../../../src/server/pages/data/recent.ts';

const FIVE = 300_000;
const at = (step: number, events: number, revision = 0): WindowCount => ({
  start: step * FIVE,
  events,
  complete: true,
  revision,
});

describe('counts of a span that moves on', () => {
  it('are read whole once, then only what was recorded since, two minutes and more', async () => {
    const asked: (readonly [number, number, number | undefined])[] = [];
    const answers = [
      {
        counts: new Map([
          ['a', [at(0, 1), at(1, 2)]],
          ['b', [at(1, 5)]],
        ]),
        until: 1_000_000,
      },
      { counts: new Map([['a', [at(1, 8, 1), at(2, 3)]]]), until: 1_300_000 },
      { counts: new Map([['a', [at(1, 7)]]]), until: 1_310_000 },
    ];
    const read = recentCounts({
      counts: async (_filters, from, to, since) => {
        asked.push([from, to, since]);
        return answers[asked.length - 1]!;
      },
    });
    assert.deepEqual(
      await read(['a', 'b'], 0, 2 * FIVE),
      new Map([
        ['a', [at(0, 1), at(1, 2)]],
        ['b', [at(1, 5)]],
      ]),
    );
    assert.deepEqual(
      await read(['a', 'b'], FIVE, 3 * FIVE),
      new Map([
        ['a', [at(1, 8, 1), at(2, 3)]],
        ['b', [at(1, 5)]],
      ]),
      'what left the span is gone, the latest revision holds',
    );
    assert.deepEqual(
      await read(['a', 'b'], 2 * FIVE, 3 * FIVE),
      new Map([['a', [at(2, 3)]]]),
      'an older revision changes nothing',
    );
    assert.deepEqual(asked, [
      [0, 2 * FIVE, 0],
      [FIVE, 3 * FIVE, 880_000],
      [2 * FIVE, 3 * FIVE, 1_180_000],
    ]);
  });

  it('are read whole when other filters or an earlier time are asked for, or when nobody knows what is new', async () => {
    const asked: (number | undefined)[] = [];
    const until = [500_000, 500_000, 500_000, 0, 0];
    const read = recentCounts({
      counts: async (_filters, _from, _to, since) => {
        asked.push(since);
        return { counts: new Map([['a', [at(5, asked.length)]]]), until: until[asked.length - 1]! };
      },
    });
    await read(['a'], FIVE, 9 * FIVE);
    await read(['a', 'b'], FIVE, 9 * FIVE);
    await read(['a', 'b'], 0, 9 * FIVE);
    await read(['a'], 0, 9 * FIVE);
    assert.deepEqual(await read(['a'], 0, 9 * FIVE), new Map([['a', [at(5, 5)]]]));
    assert.deepEqual(asked, [0, 0, 0, 0, 0]);
  });
});
