import type { ClaimKey } from '../../core/model/receipt.ts';
import type { Claimed, Claims, Settlement } from '../../core/ports/claims.ts';
import type { Log } from '../../core/ports/scope.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { asOwn, askOwners, ownToken } from './claim-owner.ts';
import type { ReplayBuffer } from './replay-buffer.ts';

export interface ClaimsDeps {
  readonly shared: Claims;
  /** Of this process, for while the shared ledger is away. */
  readonly own: Claims;
  readonly breaker: CircuitBreaker;
  readonly buffer: ReplayBuffer;
  servesBlind(sink: string): boolean;
  readonly log: Log;
}

/** Claims of the shared ledger, or this process's own while it is away. */
export function claimsWithFallback(deps: ClaimsDeps): Claims {
  const { shared, own, breaker, buffer } = deps;
  return {
    claim: (keys, leaseMs) =>
      breaker.call(
        async () => {
          await buffer.replay();
          return buffer.settleGranted(keys, await shared.claim(keys, leaseMs));
        },
        () => claimBlind(deps, keys, leaseMs),
      ),
    renew: (holds, leaseMs) =>
      askOwners(
        holds,
        (some) => own.renew(some.map(asOwn), leaseMs),
        (some) => shared.renew(some, leaseMs),
      ),
    settle: (done) =>
      askOwners<Settlement, boolean | 'unledgered'>(
        done,
        (some) => settleOwn(deps, some),
        (some) =>
          breaker.call(
            () => settleShared(deps, some),
            () => settleBlind(deps, some),
          ),
      ),
  };
}

/** The own claims of what may be served without the ledger; all else waits for it. */
async function claimBlind(
  { own, breaker, buffer, servesBlind }: ClaimsDeps,
  keys: readonly ClaimKey[],
  leaseMs: number,
): Promise<readonly Claimed[]> {
  const served = keys.filter((key) => servesBlind(key.sink) && buffer.find(key)?.done !== true);
  const answers = await own.claim(served, leaseMs);
  return keys.map((key): Claimed => {
    // Sent under the ledger's own claim, before it was gone: this process alone knows of it.
    const settled = buffer.find(key);
    if (settled?.done === true) return { status: 'done', receipt: settled.receipt, unledgered: true };
    const claimed = answers[served.indexOf(key)];
    if (claimed === undefined) return { status: 'waiting', why: breaker.why() };
    if (claimed.status !== 'ours') return claimed;
    return { ...claimed, delivered: settled?.delivered ?? claimed.delivered, token: ownToken(claimed.token) };
  });
}

async function settleShared(
  { shared, buffer }: ClaimsDeps,
  done: readonly Settlement[],
): Promise<readonly (boolean | 'unledgered')[]> {
  const answers = await shared.settle(done);
  buffer.remove(done);
  return answers;
}

async function settleBlind({ buffer, log }: ClaimsDeps, done: readonly Settlement[]): Promise<readonly 'unledgered'[]> {
  done.forEach(buffer.add);
  log.warn({ reports: done.map(({ key }) => `${key.reportId} ${key.sink}`) }, 'not in the ledger yet');
  return done.map(() => 'unledgered');
}

async function settleOwn({ own, buffer }: ClaimsDeps, done: readonly Settlement[]): Promise<readonly 'unledgered'[]> {
  await own.settle(done.map(asOwn));
  done.forEach(buffer.add);
  return done.map(() => 'unledgered');
}
