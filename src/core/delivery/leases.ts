import { faultOf } from '../model/errors.ts';
import type { Outcome } from '../model/item.ts';
import type { ClaimKey } from '../model/receipt.ts';
import type { Claimed, Claims, Hold, Settlement } from '../ports/claims.ts';
import type { Clock } from '../ports/clock.ts';
import type { Kept, Ledger, MaySend, Sharing } from '../ports/ledger.ts';
import type { Scope } from '../ports/scope.ts';
import { microBatch } from './micro-batch.ts';
import { NOTHING } from './receipt.ts';

/** What one run holds of the ledger, from the claim to the receipt. */
export interface Leases {
  claim(keys: readonly ClaimKey[]): Promise<readonly Claimed[]>;
  /** For each parcel, whether it may be sent. */
  keep(kept: Kept): Promise<readonly MaySend[]>;
  /** What was handed to `keep` waits for no other. */
  flush(): void;
  /** For each hold, whether it is ours at this moment. */
  check(holds: readonly Hold[]): Promise<readonly boolean[]>;
  /** False: somebody took it over, and nothing was remembered. */
  settle(settlement: Settlement): Promise<boolean | 'unledgered'>;
  /** Gives back what was not settled. */
  close(): Promise<void>;
}

/** A claim of a run whose leases need no renewal outlives it by this, ms. */
const MARGIN_MS = 10_000;

/**
 * The first thing waits so long for others, each next first one twice as long, up to `mostMs`; none longer than a
 * quarter of the time that is left, ms.
 */
interface Linger {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * Nothing is sent before it is kept, so a report waits at most 8 s for slower ones. That makes at most 30 rounds of a
 * run of 120 s, and five
 * of one of 5 s, however many filters there are.
 */
const KEEP_LINGER: Linger = { firstMs: 250, mostMs: 8000 };
/**
 * What was sent and is not yet settled would be sent again by others if this server died now: so it waits less. The
 * last of a run waits for nothing.
 */
const SETTLE_LINGER: Linger = { firstMs: 50, mostMs: 1000 };

interface Held {
  readonly hold: Hold;
  readonly delivered: ReadonlyMap<string, Outcome>;
  /** Our clock: until then the lease is surely ours. */
  until: number;
}

/** Renews every third of a lease, in one call for all of them. */
export function openLeases({ claims, keep, servesBlind, sharing }: Ledger, scope: Scope, deps: Clock): Leases {
  const book = createBook(claims, sharing, scope, deps);
  const wait = (linger: Linger) => lingering(linger, sharing, scope, deps);
  const settling = microBatch<Settlement, boolean | 'unledgered'>((all) => claims.settle(all), wait(SETTLE_LINGER));
  const keeping = microBatch<Kept, readonly MaySend[]>((all) => keep(all), wait(KEEP_LINGER));
  return {
    flush: () => keeping.flush(),
    async keep(kept) {
      const may = await keeping.put(kept);
      kept.parcels.forEach(({ key, token }, index) => {
        if (token !== null && may[index] === false) book.held.delete(nameOf({ key, token }));
      });
      return may;
    },
    claim: (keys) => book.claim(keys),
    async check(holds) {
      // NOTE: not all that are held are looked at: each report of a run asks.
      const names = [...new Set(holds.map(nameOf))];
      const due = names.flatMap((name) => book.held.get(name) ?? []).filter(({ until }) => until <= deps.now());
      const isKnown = await hasWorked(book.renew(due));
      const isSure = (it: Held | undefined): boolean =>
        it !== undefined && (isKnown || it.until > deps.now() || servesBlind(it.hold.key.sink));
      return holds.map((hold) => isSure(book.held.get(nameOf(hold))));
    },
    settle(settlement) {
      book.held.delete(nameOf(settlement));
      const said = settling.put(settlement);
      if (book.held.size === 0) settling.flush();
      return said;
    },
    async close() {
      book.close();
      const left = [...book.held.values()];
      if (left.length > 0)
        await claims.settle(left.map(({ hold, delivered }) => ({ ...hold, receipt: NOTHING, done: false, delivered })));
    },
  };
}

/** Waits for more to come, the longer the more often it waited `before`. */
function lingering({ firstMs, mostMs }: Linger, { lingers }: Sharing, scope: Scope, { now, sleep }: Clock) {
  return async (before: number, flushed: AbortSignal): Promise<void> => {
    const ms = Math.min(firstMs * 2 ** before, mostMs, (scope.deadline - now()) / 4);
    if (lingers && ms > 0) await sleep(ms, AbortSignal.any([scope.signal, flushed]));
  };
}

function hasWorked(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Which claims are ours, and until when. */
interface Book {
  readonly held: Map<string, Held>;
  claim(keys: readonly ClaimKey[]): Promise<readonly Claimed[]>;
  /** Strikes out those that were taken over. */
  renew(some: readonly Held[]): Promise<void>;
  close(): void;
}

type KeepRenewing = (renew: () => Promise<void>, everyMs: number, until: AbortSignal) => Promise<void>;

/** Trouble is logged; the next turn tries again. */
function renewing({ log }: Scope, { sleep }: Clock): KeepRenewing {
  return async (renew, everyMs, until) => {
    while (await hasWorked(sleep(everyMs, until)))
      await renew().catch((error: unknown) => log.warn({ error: faultOf(error).message }, 'leases not renewed'));
  };
}

function createBook(claims: Claims, sharing: Sharing, scope: Scope, deps: Clock): Book {
  const held = new Map<string, Held>();
  const closed = new AbortController();
  const keepRenewing = renewing(scope, deps);
  const isRenewed = sharing.leaseMs !== Infinity;
  const leaseMs = (): number => (isRenewed ? sharing.leaseMs : scope.deadline - deps.now() + MARGIN_MS);
  const renew = async (some: readonly Held[]): Promise<void> => {
    if (some.length === 0) return;
    const [asked, ms] = [deps.now(), leaseMs()];
    const answers = await claims.renew(
      some.map(({ hold }) => hold),
      ms,
    );
    some.forEach((it, index) => {
      if (answers[index] === true) it.until = asked + ms;
      else held.delete(nameOf(it.hold));
    });
  };
  let isRenewing = false;
  return {
    held,
    renew,
    close: () => closed.abort(),
    async claim(keys) {
      const [asked, ms] = [deps.now(), leaseMs()];
      const answers = await claims.claim(keys, ms);
      answers.forEach((claimed, index) => {
        if (claimed.status !== 'ours') return;
        const hold = { key: keys[index]!, token: claimed.token };
        held.set(nameOf(hold), { hold, delivered: claimed.delivered, until: asked + ms });
      });
      const all = (): Promise<void> => renew([...held.values()]);
      if (isRenewed && !isRenewing) void keepRenewing(all, sharing.leaseMs / 3, closed.signal);
      isRenewing = true;
      return answers;
    },
  };
}

function nameOf({ key, token }: Hold): string {
  return JSON.stringify([key.reportId, key.revision, key.sink, token]);
}
