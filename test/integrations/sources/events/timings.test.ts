import assert from 'node:assert/strict';
import { MOST_TIMINGS, readTimings } from '../../../../src/integrations/sources/events/timings.ts';
import { filterOf, WINDOW } from '../../../support/build/reports.ts';
import { fakeStore } from '../../../support/events/fake-store.ts';

function part(project: string, name: string, ...seen: readonly (readonly [number, number])[]) {
  const count = seen.reduce((sum, [, times]) => sum + times, 0);
  const sum = seen.reduce((all, [ms, times]) => all + ms * times, 0);
  return { project, name, window: WINDOW.start, count, sum, min: seen[0]![0], max: seen.at(-1)![0], seen };
}

describe('durations of a filter’s window', () => {
  const filter = filterOf({ projects: ['web', 'api'] });
  const ask = { filter, window: WINDOW, want: 'totals' as const };
  const read = (parts: readonly ReturnType<typeof part>[], timed = new Set(['web'])) => {
    const store = fakeStore();
    store.timings = async (projects) => parts.filter(({ project }) => projects.includes(project));
    return readTimings(ask, { store, timed } as never);
  };

  it('are those of its intakes that tell any, what several servers read made one', async () => {
    const parts = [part('web', 'pay', [10, 1], [30, 1]), part('web', 'pay', [20, 3]), part('api', 'pay', [5, 1])];
    const { timings, warnings } = await read(parts);
    assert.deepEqual(warnings, []);
    assert.deepEqual(timings, [
      {
        ...{ project: 'web', name: 'pay', window: WINDOW.start, count: 5 },
        ...{ sum: 100, min: 10, max: 30, p50: 20, p95: 30 },
      },
    ]);
  });

  it('are asked for only where an intake tells any', async () => {
    const store = { timings: () => assert.fail('nobody tells any') };
    assert.deepEqual(await readTimings(ask, { store } as never), { timings: [], warnings: [] });
  });

  it('of too many names are those that were seen most, and it is said', async () => {
    const parts = Array.from({ length: MOST_TIMINGS + 3 }, (_, n) => part('web', `id-${n}`, [5, n + 1]));
    const { timings, warnings } = await read(parts);
    assert.deepEqual([timings.length, timings[0]!.count, timings.at(-1)!.count], [MOST_TIMINGS, MOST_TIMINGS + 3, 4]);
    assert.match(warnings[0]!, /^timings: 3 names are left out/);
  });
});
