import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { box, NOW, sentry, TEN } from '../support.ts';

const SLOT = 300_000;

describe('sandbox: the story of an issue', () => {
  let own: Sandbox;

  beforeEach(async () => {
    own = await box({ story: 'lively' });
    own.world.clock.set(NOW + 3_600_000);
  });
  afterEach(() => own.close());

  it('has in the series of an issue, and of one that others were merged into, the events that all of it has', async () => {
    const [start, end] = [TEN - 6 * SLOT, TEN];
    const all = own.world.events(start, end);
    const errors = all.filter(({ issueId, level }) => issueId !== null && ['error', 'fatal'].includes(level ?? ''));
    const [first = '', second = ''] = new Set(errors.map(({ issueId }) => issueId ?? ''));
    const series = async (id: string): Promise<readonly number[]> => {
      const span = [start, end].map((it) => new Date(it).toISOString().slice(0, 19));
      const path = `events-timeseries/?dataset=errors&interval=5m&project=-1&start=${span[0]}&end=${span[1]}`;
      const { body } = await sentry(own, `organizations/acme/${path}&query=(level:[error,fatal])%20issue.id:${id}`);
      return body.timeSeries[0].values.map(({ value }: { value: number }) => value);
    };
    const counted = (...ids: readonly string[]): readonly number[] =>
      Array.from(
        { length: 6 },
        (_, n) =>
          errors.filter(({ issueId, at }) => ids.includes(issueId ?? '') && Math.floor((at - start) / SLOT) === n)
            .length,
      );
    assert.deepEqual(await series(first), counted(first));
    assert.ok(counted(first).some((it) => it > 0));
    own.world.mergeIssue(second, first);
    assert.notDeepEqual(counted(first, second), counted(first));
    assert.deepEqual(await series(first), counted(first, second));
  });
});
