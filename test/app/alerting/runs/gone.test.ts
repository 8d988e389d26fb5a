import assert from 'node:assert/strict';
import { goneBy } from '../../../../src/app/alerting/runs/gone.ts';
import { createLogBook } from '../../../support/build/scope.ts';
import { NOW } from '../../../support/time/clock.ts';

/** Minutes before now at which servers had their last run. */
function gone(last: Readonly<Record<string, number>>): ReturnType<typeof goneBy> {
  const runs = async (since: number) =>
    Object.entries(last)
      .map(([server, minutes]) => ({ server, startedAt: NOW - minutes * 60_000 }))
      .filter(({ startedAt }) => startedAt >= since);
  return goneBy({ ledger: { readModel: { runs } } as never, now: () => NOW, log: createLogBook() });
}

describe('a server is gone', () => {
  it('when it had no run for a quarter of an hour, and others had', async () => {
    const isGone = gone({ 'host-1': 16, 'host-2': 2, 'host 3': 14 });
    assert.deepEqual(
      await Promise.all(['host-1', 'host-2', 'host 3', 'host-4'].map(async (server) => isGone(`${server} service`))),
      [true, false, false, true],
    );
  });

  it('not when nobody had one, or when it is not known', async () => {
    assert.equal(await gone({ 'host-1': 16, 'host-2': 20 })('host-1 service'), false);
    const log = createLogBook();
    const runs = () => Promise.reject(new Error('ledger: away'));
    const isGone = goneBy({ ledger: { readModel: { runs } } as never, now: () => NOW, log });
    assert.equal(await isGone('host-1 service'), false);
    const isGoneAlone = goneBy({ ledger: {} as never, now: () => NOW, log });
    assert.equal(await isGoneAlone('host-1 service'), false);
  });
});
