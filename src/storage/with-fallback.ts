import { WAITING, waitingFor } from '../core/delivery/receipt.ts';
import { faultOf, LedgerRefused } from '../core/model/errors.ts';
import type { ClaimKey } from '../core/model/receipt.ts';
import type { Backlog } from '../core/ports/backlog.ts';
import type { Claimed, Claims, Hold, Settlement } from '../core/ports/claims.ts';
import type { History } from '../core/ports/history.ts';
import type { Kept, Ledger, MaySend, Parcel } from '../core/ports/ledger.ts';
import { COUNTER } from '../core/ports/recounts.ts';
import type { Log } from '../core/ports/scope.ts';

export interface FallbackDeps {
  now(): number;
  readonly log: Log;
  /** Names of the sinks where a repeat does no harm. */
  readonly repeatSafe: ReadonlySet<string>;
}

/** After a failure the shared ledger is left alone for so long, so that a run does not wait for it again and again, ms. */
const PAUSE_MS = 2_000;

/** A shared ledger that may be out of reach: meanwhile this process remembers by itself, and serves what the policy lets it. */
export function withFallback(shared: Ledger, own: Ledger, deps: FallbackDeps): Ledger {
  const { onError } = shared.sharing;
  // A window is counted again for the ledger: without it there is nothing to compare with, and nothing to keep what grew.
  const servesBlind = (sink: string): boolean =>
    sink !== COUNTER && (onError === 'send' || (onError === 'safe' && deps.repeatSafe.has(sink)));
  const breaker = createReach(deps);
  const claims = claimsWithFallback(shared.claims, own.claims, servesBlind, breaker, deps.log);
  return {
    ...shared,
    servesBlind,
    claims,
    history: historyWithFallback(shared.history, own.history, breaker),
    ...(shared.backlog === undefined ? {} : { backlog: backlogWithFallback(shared.backlog, breaker) }),
    keep: (kept) =>
      breaker.attempt(
        () => keepShared(kept, shared),
        () => keepBlind(kept, own, servesBlind, breaker),
      ),
    async health() {
      const found = await shared.health();
      if (found === 'ready') breaker.back();
      if (found === 'ready') return found;
      return onError === 'stop' ? 'down' : 'degraded';
    },
  };
}

/** NOTE: what was claimed while the ledger was away goes out as it would have: the ledger knows nothing of that claim, and is told when it grants its own. */
async function keepShared(kept: readonly Kept[], shared: Ledger): Promise<readonly (readonly MaySend[])[]> {
  const isTold = ({ token }: Parcel): boolean => token === null || isShared({ token });
  const answers = await shared.keep(kept.map(({ report, parcels }) => ({ report, parcels: parcels.filter(isTold) })));
  return kept.map(({ parcels }, index) => {
    const said = answers[index]!.values();
    return parcels.map((parcel) => (isTold(parcel) ? said.next().value! : true));
  });
}

async function keepBlind(
  kept: readonly Kept[],
  own: Ledger,
  servesBlind: (sink: string) => boolean,
  breaker: CircuitBreaker,
): Promise<readonly (readonly MaySend[])[]> {
  await own.keep(kept);
  return kept.map(({ parcels }) => parcels.map(({ key }) => servesBlind(key.sink) || { why: breaker.why() }));
}

/** Whether the shared ledger can be reached, as far as is known. */
interface CircuitBreaker {
  attempt<T>(work: () => Promise<T>, instead: () => Promise<T>): Promise<T>;
  /** It was reached by another way. */
  back(): void;
  /** Why what must wait for it waits. */
  why(): string;
}

function createReach({ now, log }: FallbackDeps): CircuitBreaker {
  let triedAt: number | null = null;
  let refused: string | null = null;
  const back = (): void => {
    if (triedAt !== null) log.info({}, 'ledger is back');
    triedAt = null;
  };
  const failed = (error: unknown): void => {
    if (error instanceof LedgerRefused) {
      // Nothing but an update of this server helps; until then it is not asked again.
      if (refused === null) log.error({ error: error.message }, 'ledger is not used any more');
      refused = error.message;
    } else if (triedAt === null) {
      log.error({ error: faultOf(error).message }, 'ledger cannot be reached');
    }
    triedAt = now();
  };
  return {
    back: () => (refused === null ? back() : undefined),
    why: () => (refused === null ? WAITING : waitingFor(refused)),
    async attempt(work, instead) {
      if (refused !== null || (triedAt !== null && now() - triedAt < PAUSE_MS)) return instead();
      try {
        const result = await work();
        back();
        return result;
      } catch (error) {
        failed(error);
        return instead();
      }
    },
  };
}

function historyWithFallback(shared: History, own: History, breaker: CircuitBreaker): History {
  return {
    ...shared,
    put: (reports) =>
      breaker.attempt(
        () => shared.put(reports),
        () => own.put(reports),
      ),
    get: (ids) =>
      breaker.attempt(
        () => shared.get(ids),
        () => own.get(ids),
      ),
    began: (run) =>
      breaker.attempt(
        () => shared.began(run),
        async () => undefined,
      ),
    ended: (run) =>
      breaker.attempt(
        () => shared.ended(run),
        async () => undefined,
      ),
  };
}

/** This process alone cannot know what others delivered. */
function backlogWithFallback(shared: Backlog, breaker: CircuitBreaker): Backlog {
  return {
    ...shared,
    missing: (...args) =>
      breaker.attempt(
        () => shared.missing(...args),
        async () => null,
      ),
  };
}

/** Marks the tokens of this process's own claims. */
const OWN = 'own ';

function claimsWithFallback(
  shared: Claims,
  own: Claims,
  servesBlind: (sink: string) => boolean,
  breaker: CircuitBreaker,
  log: Log,
): Claims {
  const book = createBook(shared, log);
  const claimBlind = async (keys: readonly ClaimKey[], leaseMs: number): Promise<readonly Claimed[]> => {
    const served = keys.filter((key) => servesBlind(key.sink) && book.find(key)?.done !== true);
    const answers = await own.claim(served, leaseMs);
    return keys.map((key): Claimed => {
      // Sent under the ledger's own claim, before it was gone: this process alone knows of it.
      const replay = book.find(key);
      if (replay?.done === true) return { status: 'done', receipt: replay.receipt, unledgered: true };
      const claimed = answers[served.indexOf(key)];
      if (claimed === undefined) return { status: 'waiting', why: breaker.why() };
      if (claimed.status !== 'ours') return claimed;
      return { ...claimed, delivered: replay?.delivered ?? claimed.delivered, token: `${OWN}${claimed.token}` };
    });
  };
  const settleBlind = async (done: readonly Settlement[]): Promise<readonly (boolean | 'unledgered')[]> => {
    done.forEach(book.owe);
    log.warn({ reports: done.map(({ key }) => `${key.reportId} ${key.sink}`) }, 'not in the ledger yet');
    return done.map(() => 'unledgered');
  };
  const settleShared = async (done: readonly Settlement[]): Promise<readonly (boolean | 'unledgered')[]> => {
    const answers = await shared.settle(done);
    book.forget(done);
    return answers;
  };
  return {
    open: (since) => shared.open(since),
    claim: (keys, leaseMs) =>
      breaker.attempt(
        async () => {
          await book.pay();
          return book.recall(keys, await shared.claim(keys, leaseMs));
        },
        () => claimBlind(keys, leaseMs),
      ),
    renew: async (holds, leaseMs) => {
      const ours = await pairs(
        holds.filter((hold) => !isShared(hold)),
        (some) => own.renew(some.map(asOwn), leaseMs),
      );
      const answers = new Map([
        ...ours,
        ...(await pairs(holds.filter(isShared), (some) => shared.renew(some, leaseMs))),
      ]);
      return holds.map((hold) => answers.get(hold)!);
    },
    settle: async (done) => {
      const answers = new Map(
        await pairs(done.filter(isShared), (some) =>
          breaker.attempt(
            () => settleShared(some),
            () => settleBlind(some),
          ),
        ),
      );
      const ours = done.filter((it) => !isShared(it));
      await own.settle(ours.map(asOwn));
      ours.forEach(book.owe);
      return done.map((it) => answers.get(it) ?? 'unledgered');
    },
  };
}

function isShared({ token }: Pick<Hold, 'token'>): boolean {
  return !token.startsWith(OWN);
}

/** As the own claims know it. */
function asOwn<T extends Hold>(hold: T): T {
  return { ...hold, token: hold.token.slice(OWN.length) };
}

async function pairs<T, R>(
  things: readonly T[],
  ask: (things: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly (readonly [T, R])[]> {
  if (things.length === 0) return [];
  const answers = await ask(things);
  return things.map((thing, index) => [thing, answers[index]!]);
}

/** What the shared ledger has not heard of yet. */
interface ReplayBuffer {
  find(key: ClaimKey): Settlement | undefined;
  owe(settlement: Settlement): void;
  forget(settlements: readonly Settlement[]): void;
  /** Tells it what was settled under its own claims: a claim that was taken over meanwhile stays as it is. */
  pay(): Promise<void>;
  /** What this process delivered without it is told under the claims that it now grants, and is no longer ours to deliver. */
  recall(keys: readonly ClaimKey[], claimed: readonly Claimed[]): Promise<readonly Claimed[]>;
}

/** Settlements that are remembered for the ledger; the oldest go first. */
export const MAX_OWED = 10_000;

function createBook(shared: Claims, log: Log): ReplayBuffer {
  const replay = new Map<string, Settlement>();
  let forgotten = 0;
  const nameOf = ({ reportId, revision, sink }: ClaimKey): string => JSON.stringify([reportId, revision, sink]);
  const forget = (some: readonly Settlement[]): void => some.forEach(({ key }) => replay.delete(nameOf(key)));
  return {
    forget,
    find: (key) => replay.get(nameOf(key)),
    owe: (settlement) => {
      replay.set(nameOf(settlement.key), settlement);
      if (replay.size <= MAX_OWED) return;
      if (forgotten++ === 0)
        log.error(
          { most: MAX_OWED },
          'more was sent without the ledger than can be remembered for it, the oldest is forgotten',
        );
      replay.delete(replay.keys().next().value!);
    },
    async pay() {
      const due = [...replay.values()].filter(isShared);
      if (due.length > 0) await shared.settle(due);
      forget(due);
    },
    async recall(keys, claimed) {
      if (forgotten > 0)
        log.error({ reports: forgotten }, 'was sent without the ledger and is forgotten: it may be sent again');
      forgotten = 0;
      const known = keys.flatMap((key, index): Settlement[] => {
        const [answer, settlement] = [claimed[index]!, replay.get(nameOf(key))];
        return answer.status === 'ours' && settlement?.done === true ? [{ ...settlement, token: answer.token }] : [];
      });
      if (known.length > 0) await shared.settle(known);
      const done = new Map(known.map(({ key, receipt }) => [nameOf(key), receipt]));
      const answers = claimed.map((answer, index): Claimed => {
        const name = nameOf(keys[index]!);
        const receipt = done.get(name);
        if (receipt !== undefined) return { status: 'done', receipt };
        // Some of it was delivered meanwhile: the claim's settlement will say so.
        const some = replay.get(name)?.delivered ?? [];
        return answer.status === 'ours' ? { ...answer, delivered: new Map([...answer.delivered, ...some]) } : answer;
      });
      forget(known);
      return answers;
    },
  };
}
