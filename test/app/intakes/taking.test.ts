import assert from 'node:assert/strict';
import { createTaking } from '../../../src/app/intakes/taking.ts';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import type { Intake, Taken } from '../../../src/core/ports/events/intake.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { fakeStore } from '../../support/events/fake-store.ts';
import { createClock } from '../../support/time/clock.ts';

const TAKEN: Taken = { read: 3, stored: 2, repeats: 1, rejects: 0, issues: new Set(['7']), isDrained: true };
const PLAIN: Order = { kind: 'plain', filters: [], window: WINDOW, windowGiven: false };

/** An intake that ends when it is told to. */
function intakeOf(name: string) {
  const ends: PromiseWithResolvers<Taken>[] = [];
  const intake: Intake = {
    name,
    take: () => {
      ends.push(Promise.withResolvers<Taken>());
      return ends.at(-1)!.promise;
    },
  };
  return { intake, ends };
}

describe('intakes beside runs', () => {
  it('are read with plain runs only, one at a time', async () => {
    const { intake, ends } = intakeOf('shop');
    const { listener } = createTaking([intake], fakeStore(), createClock());
    void listener.begun!({ ...PLAIN, kind: 'debug' }, scopeOf());
    void listener.begun!({ ...PLAIN, kind: 'repair' }, scopeOf());
    assert.equal(ends.length, 0);
    const scope = scopeOf();
    const both = [listener.begun!(PLAIN, scope), listener.begun!(PLAIN, scopeOf())];
    assert.equal(ends.length, 1);
    ends[0]!.resolve(TAKEN);
    await Promise.all(both);
    assert.deepEqual(
      scope.log.lines.map(({ text }) => text),
      ['intake read'],
    );
    const third = listener.begun!(PLAIN, scopeOf());
    assert.equal(ends.length, 2);
    ends[1]!.resolve(TAKEN);
    await third;
  });

  it('are waited for by who reads their events, and by nobody else', async () => {
    const [shop, api] = [intakeOf('shop'), intakeOf('api')];
    const taking = createTaking([shop.intake, api.intake], fakeStore(), { sleep: () => new Promise(() => undefined) });
    const all = taking.take(scopeOf());
    let isThrough = false;
    const waited = taking.taken(['shop'], scopeOf()).then(() => (isThrough = true));
    await taking.taken(['other'], scopeOf());
    assert.equal(isThrough, false);
    shop.ends[0]!.resolve(TAKEN);
    await waited;
    api.ends[0]!.resolve(TAKEN);
    await all;
  });

  it('are waited for no longer than twenty seconds', async () => {
    const { intake } = intakeOf('shop');
    const waits: number[] = [];
    const taking = createTaking([intake], fakeStore(), { sleep: async (ms) => void waits.push(ms) });
    void taking.take(scopeOf());
    await taking.taken(['shop'], scopeOf());
    assert.deepEqual(waits, [20_000]);
  });

  it('that break are logged, and the others go on', async () => {
    const [shop, api] = [intakeOf('shop'), intakeOf('api')];
    const scope = scopeOf();
    const all = createTaking([shop.intake, api.intake], fakeStore(), createClock()).take(scope);
    shop.ends[0]!.reject(new Error('no such queue'));
    api.ends[0]!.resolve({ ...TAKEN, read: 0 });
    await all;
    assert.deepEqual(
      scope.log.lines.map(({ text, fields }) => [text, fields]),
      [['intake not read', { intake: 'shop', error: 'internal error: no such queue' }]],
    );
  });

  it('say what came of each, for who asks what was due', async () => {
    const [shop, api] = [intakeOf('shop'), intakeOf('api')];
    const all = createTaking([shop.intake, api.intake], fakeStore(), createClock()).take(scopeOf());
    shop.ends[0]!.resolve({ ...TAKEN, isDrained: false });
    api.ends[0]!.reject(new UpstreamError('no way to the queue', { service: 'api', retryable: true }));
    assert.deepEqual(await all, [
      { kind: 'intake', name: 'shop', status: 'done', detail: '2 stored, 1 known, 0 rejected', left: 1 },
      { kind: 'intake', name: 'api', status: 'failed', detail: 'no way to the queue', left: 1 },
    ]);
  });
});
