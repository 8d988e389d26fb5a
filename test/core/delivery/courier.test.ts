import assert from 'node:assert/strict';
import { createCourier } from '../../../src/core/delivery/courier.ts';
import type { Leases } from '../../../src/core/delivery/leases.ts';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import { ACCEPTED, fakeSink } from '../../support/build/fakes.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

const KEY: ClaimKey = { reportId: 'a@2026-11-20T10:00:00.000Z', revision: 0, sink: 'one' };
const ITEMS = ['x', 'y', 'z'].map((key) => ({ key, body: {} }));
const REFUSED: Outcome = { status: 'refused', why: 'no' };

describe('a courier', () => {
  async function deliver(
    delivered: ReadonlyMap<string, Outcome>,
    maxAgeMs?: number,
  ): Promise<readonly [ClaimKey, readonly Outcome[]][]> {
    const told: [ClaimKey, readonly Outcome[]][] = [];
    const leases = {
      check: async (holds: readonly unknown[]) => holds.map(() => true),
      settle: async () => true,
    } as unknown as Leases;
    const sink = fakeSink({
      answer: (items) => items.map(({ key }) => (key === 'y' ? REFUSED : ACCEPTED)),
      ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    });
    const courier = createCourier(sink, leases, scopeOf(), {
      ...createClock(),
      progress: { delivered: (...it) => void told.push(it) },
    });
    const receipt = courier.deliver({ hold: { key: KEY, token: 't' }, window: WINDOW, items: ITEMS, delivered });
    courier.end();
    await receipt;
    return told;
  }

  it('tells what became of the items, once', async () => {
    assert.deepEqual(await deliver(new Map()), [[KEY, [ACCEPTED, REFUSED, ACCEPTED]]]);
  });

  it('tells nothing of items that an earlier delivery brought', async () => {
    assert.deepEqual(await deliver(new Map([['x', ACCEPTED]])), [[KEY, [REFUSED, ACCEPTED]]]);
  });

  it('tells nothing of what is too old to be sent', async () => {
    assert.deepEqual(await deliver(new Map(), 1), []);
  });
});
