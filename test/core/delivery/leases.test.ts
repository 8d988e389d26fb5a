import assert from 'node:assert/strict';
import { type Leases, openLeases } from '../../../src/core/delivery/leases.ts';
import { NOTHING } from '../../../src/core/delivery/receipt.ts';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import type { Claims, Settlement } from '../../../src/core/ports/claims.ts';
import type { Kept, Ledger } from '../../../src/core/ports/ledger.ts';
import { noLedger } from '../../../src/storage/index.ts';
import { reportOf } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { type Clock, createClock, gate } from '../../support/time/clock.ts';

const RUN_MS = 120_000;

interface Stage {
  readonly clock: Clock;
  readonly leases: Leases;
  /** Of each call, how much it was given. */
  readonly kept: number[];
  readonly settled: number[];
}

/** Leases of a run of 120 s at a ledger that answers at once. */
function setUp(): Stage {
  const clock = createClock(() => true);
  const [kept, settled]: [number[], number[]] = [[], []];
  const claims: Claims = {
    ...noLedger.claims,
    settle: async (done) => {
      settled.push(done.length);
      return done.map(() => true);
    },
  };
  const ledger: Ledger = {
    ...noLedger,
    claims,
    sharing: { leaseMs: 30_000, parts: 6, lingers: true, onError: 'safe' },
    keep: async (all) => {
      kept.push(all.length);
      return all.map(() => [true]);
    },
  };
  return { clock, kept, settled, leases: openLeases(ledger, scopeOf({ deadline: clock.now() + RUN_MS }), clock) };
}

function keyOf(n: number): ClaimKey {
  return { reportId: `f-${n}`, revision: 0, sink: 'one' };
}

function keptOf(n: number): Kept {
  return { report: reportOf(), parcels: [{ key: keyOf(n), token: '', items: [] }] };
}

function settlementOf(n: number): Settlement {
  return { key: keyOf(n), token: '', receipt: NOTHING, done: true, delivered: new Map() };
}

/** One thing every `everyMs`, for so long; how long each waited, ms. */
async function dribble(
  { clock }: Stage,
  everyMs: number,
  forMs: number,
  put: (n: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const waited: number[] = [];
  for (let ms = 0, n = 0; ms < forMs; ms += 50) {
    if (ms % everyMs === 0) {
      const began = clock.now();
      void put(n++).then(() => waited.push(clock.now() - began));
    }
    await gate(2);
    clock.advance(50);
  }
  await gate();
  return waited;
}

describe('what a run keeps and settles', () => {
  for (const [everyMs, forMs, rounds] of [
    [50, 200, 1],
    [50, 2000, 4],
    [1000, 5000, 5],
    [50, 119_000, 30],
    [1000, 119_000, 30],
    [6000, 119_000, 20],
  ] as const) {
    it(`is kept in at most ${rounds} rounds when something comes every ${everyMs} ms for ${forMs} ms, and nothing waits longer than 8 s`, async () => {
      const stage = setUp();
      const waited = await dribble(stage, everyMs, forMs, (n) => stage.leases.keep(keptOf(n)));
      stage.leases.flush();
      await gate();
      assert.equal(
        stage.kept.reduce((sum, count) => sum + count, 0),
        Math.ceil(forMs / everyMs),
      );
      assert.ok(stage.kept.length <= rounds, `${stage.kept.length} rounds`);
      assert.ok(Math.max(0, ...waited) <= 8050, `${Math.max(...waited)} ms`);
    });
  }

  it('is kept in time: what comes 4 s before the deadline waits one second', async () => {
    const stage = setUp();
    for (let n = 0; n < 10; n++) {
      void stage.leases.keep(keptOf(n));
      await gate();
      stage.leases.flush();
      await gate();
    }
    stage.clock.advance(RUN_MS - 4000);
    void stage.leases.keep(keptOf(10));
    await gate();
    assert.equal(stage.kept.length, 10);
    stage.clock.advance(1000);
    await gate();
    assert.equal(stage.kept.length, 11);
  });

  it('is settled together, at most a second late, the last of it at once', async () => {
    const stage = setUp();
    await stage.leases.claim(Array.from({ length: 2400 }, (_, n) => keyOf(n)));
    const waited = await dribble(stage, 50, 119_000, (n) => stage.leases.settle(settlementOf(n)));
    assert.ok(Math.max(...waited) <= 1050, `${Math.max(...waited)} ms`);
    assert.ok(stage.settled.length <= 130, `${stage.settled.length} calls`);
    for (let n = 2380; n < 2400; n++) void stage.leases.settle(settlementOf(n));
    await gate();
    assert.equal(
      stage.settled.reduce((sum, count) => sum + count, 0),
      2400,
      'without any more time',
    );
  });
});

describe('a server that slept', () => {
  it('asks for the leases that ran out meanwhile before it sends, and for no others', async () => {
    let now = 0;
    const asked: string[][] = [];
    const claims: Claims = {
      ...noLedger.claims,
      renew: async (holds) => {
        asked.push(holds.map(({ key }) => key.reportId));
        return holds.map(({ key }) => key.reportId !== 'f-1');
      },
    };
    const ledger: Ledger = {
      ...noLedger,
      claims,
      servesBlind: () => false,
      sharing: { leaseMs: 30_000, parts: 6, lingers: true, onError: 'safe' },
    };
    // Asleep: its own renewals do not come either.
    const leases = openLeases(ledger, scopeOf({ deadline: RUN_MS }), {
      now: () => now,
      sleep: () => new Promise(() => undefined),
    });
    await leases.claim([keyOf(3), keyOf(1), keyOf(2)]);
    const holds = [1, 2].map((n) => ({ key: keyOf(n), token: '' }));
    assert.deepEqual([await leases.check(holds), asked], [[true, true], []]);
    now = 30_001;
    assert.deepEqual(
      [await leases.check(holds), asked],
      [[false, true], [['f-1', 'f-2']]],
      'another server has the first one by now',
    );
    assert.deepEqual([await leases.check(holds), asked.length], [[false, true], 1]);
  });
});
