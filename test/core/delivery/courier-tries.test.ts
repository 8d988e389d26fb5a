import assert from 'node:assert/strict';
import { createCourier } from '../../../src/core/delivery/courier.ts';
import { openLeases } from '../../../src/core/delivery/leases.ts';
import { outcomeOf } from '../../../src/core/model/errors.ts';
import type { ClaimKey, Receipt } from '../../../src/core/model/receipt.ts';
import type { Claims } from '../../../src/core/ports/claims.ts';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import { NOBODY } from '../../../src/core/ports/run-listener.ts';
import { createHttp } from '../../../src/platform/http/client.ts';
import { memoryClaims } from '../../../src/storage/memory/claims.ts';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import { ACCEPTED, fakeSink } from '../../support/build/fakes.ts';
import { type Call, mock, type Reply } from '../../support/build/http-mock.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

const LEASE = 30_000;
const URL_ = 'https://counter.example/samples';
const KEY: ClaimKey = { reportId: 'a@2026-11-20T10:00:00.000Z', revision: 0, sink: 'counter' };

/**
 * What happens while the first try's failure is waited out. The renewal sleeps all the time, as in a process that is
 * frozen.
 */
type Meanwhile = (claims: Claims) => Promise<unknown>;

interface Told {
  readonly receipt: Receipt;
  readonly calls: readonly Call[];
  readonly claims: Claims;
}

/** Sends a report to a counter under a lease that runs out between the first try and the second. */
async function deliver(first: Reply, meanwhile: Meanwhile, ...more: Reply[]): Promise<Told> {
  const clock = createClock((ms) => ms === LEASE / 3);
  const claims = memoryClaims(clock.now);
  const ledger: Ledger = {
    ...memoryLedger(clock.now),
    claims,
    servesBlind: () => false,
    sharing: { leaseMs: LEASE, parts: 6, lingers: false, onError: 'safe' },
  };
  const scope = scopeOf();
  const leases = openLeases(ledger, scope, clock);
  let waits = 0;
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    await clock.sleep(ms, signal);
    clock.advance(LEASE);
    if (waits++ === 0) await meanwhile(claims);
  };
  const http = createHttp({ now: clock.now, sleep, random: () => 0, userAgent: 'sentry-monitor/1.2.3' });
  const sink = fakeSink({
    name: 'counter',
    answer: (items, given) =>
      http({
        service: 'counter',
        method: 'POST',
        url: URL_,
        headers: {},
        body: Buffer.from('[]'),
        timeoutMs: 7000,
        repeatSafe: false,
        secrets: [],
        scope: given,
      }).then(
        () => items.map(() => ACCEPTED),
        (error: unknown) => items.map(() => outcomeOf(error)),
      ),
  });
  const calls = mock({ method: 'POST', url: URL_ }, first, ...more);
  const [claimed] = await leases.claim([KEY]);
  assert.equal(claimed?.status, 'ours');
  const courier = createCourier(sink, leases, scope, { ...clock, progress: NOBODY });
  const answer = courier.deliver({
    hold: { key: KEY, token: claimed.token },
    window: WINDOW,
    items: [{ key: 'x', body: {} }],
    delivered: new Map(),
  });
  courier.end();
  const receipt = await answer;
  await leases.close();
  assert.equal(waits, 1, 'it waited before a second try');
  return { receipt, calls, claims };
}

const FAILURES: readonly (readonly [string, Reply])[] = [
  ['answered 503', { status: 503 }],
  ['told to wait', { status: 429, headers: { 'retry-after': '20' } }],
  ['refused the connection', 'refused'],
];

describe('a second try of a send', () => {
  for (const [what, first] of FAILURES) {
    it(`does not leave when the claim was taken over meanwhile: the service ${what}`, async () => {
      const { receipt, calls, claims } = await deliver(first, async (shared) => {
        assert.deepEqual(
          (await shared.claim([KEY], LEASE)).map(({ status }) => status),
          ['ours'],
          'another server has it',
        );
      });
      assert.deepEqual([calls.length, receipt], [1, { status: 'in hand elsewhere' }]);
      assert.deepEqual(
        (await claims.claim([KEY], LEASE)).map(({ status }) => status),
        ['held'],
        'it stays with the other server',
      );
    });

    it(`leaves when the lease ran out and nobody took the claim over: the service ${what}`, async () => {
      const { receipt, calls, claims } = await deliver(first, async () => undefined, { status: 200 });
      assert.deepEqual([calls.length, receipt.status], [2, 'sent']);
      assert.deepEqual(
        (await claims.claim([KEY], LEASE)).map(({ status }) => status),
        ['done'],
      );
    });
  }
});
