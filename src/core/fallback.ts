import type { Backlog, Claimed, ClaimKey, Claims, History, Hold, Kept, Ledger, Settlement } from './ledger.ts';
import type { Log } from './ports.ts';
import { faultOf, LedgerRefused } from './errors.ts';
import { WAITING, waitingFor } from './receipt.ts';

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
  const servesBlind = (sink: string): boolean => onError === 'send' || (onError === 'safe' && deps.repeatSafe.has(sink));
  const reach = createReach(deps);
  const claims = claimsWithFallback(shared.claims, own.claims, servesBlind, reach, deps.log);
  return {
    ...shared, servesBlind, claims,
    history: historyWithFallback(shared.history, own.history, reach),
    ...(shared.backlog === undefined ? {} : { backlog: backlogWithFallback(shared.backlog, reach) }),
    keep: (kept) => reach.attempt(() => shared.keep(kept), () => keepBlind(kept, own, servesBlind)),
    async health() {
      const found = await shared.health();
      if (found === 'ready') reach.back();
      if (found === 'ready') return found;
      return onError === 'stop' ? 'down' : 'degraded';
    },
  };
}

async function keepBlind(kept: readonly Kept[], own: Ledger, servesBlind: (sink: string) => boolean): Promise<readonly (readonly (true | 'waiting')[])[]> {
  await own.keep(kept);
  return kept.map(({ parcels }) => parcels.map(({ key }) => (servesBlind(key.sink) ? true : 'waiting')));
}

/** Whether the shared ledger can be reached, as far as is known. */
interface Reach {
  attempt<T>(work: () => Promise<T>, instead: () => Promise<T>): Promise<T>;
  /** It was reached by another way. */
  back(): void;
  /** Why what must wait for it waits. */
  why(): string;
}

function createReach({ now, log }: FallbackDeps): Reach {
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

function historyWithFallback(shared: History, own: History, reach: Reach): History {
  return {
    ...shared,
    put: (reports) => reach.attempt(() => shared.put(reports), () => own.put(reports)),
    get: (ids) => reach.attempt(() => shared.get(ids), () => own.get(ids)),
    began: (run) => reach.attempt(() => shared.began(run), async () => undefined),
    ended: (run) => reach.attempt(() => shared.ended(run), async () => undefined),
  };
}

/** This process alone cannot know what others delivered. */
function backlogWithFallback(shared: Backlog, reach: Reach): Backlog {
  return { ...shared, missing: (...args) => reach.attempt(() => shared.missing(...args), async () => null) };
}

/** Marks the tokens of this process's own claims. */
const OWN = 'own ';

function claimsWithFallback(shared: Claims, own: Claims, servesBlind: (sink: string) => boolean, reach: Reach, log: Log): Claims {
  const book = createBook(shared);
  const claimBlind = async (keys: readonly ClaimKey[], leaseMs: number): Promise<readonly Claimed[]> => {
    const served = keys.filter((key) => servesBlind(key.sink) && book.find(key)?.done !== true);
    const answers = await own.claim(served, leaseMs);
    return keys.map((key): Claimed => {
      // Sent under the ledger's own claim, before it was gone: this process alone knows of it.
      const owed = book.find(key);
      if (owed?.done === true) return { status: 'done', receipt: owed.receipt };
      const claimed = answers[served.indexOf(key)];
      if (claimed === undefined) return { status: 'waiting', why: reach.why() };
      if (claimed.status !== 'ours') return claimed;
      return { ...claimed, delivered: owed?.delivered ?? claimed.delivered, token: `${OWN}${claimed.token}` };
    });
  };
  const settleBlind = async (done: readonly Settlement[]): Promise<readonly 'unledgered'[]> => {
    done.forEach(book.owe);
    log.warn({ reports: done.map(({ key }) => `${key.reportId} ${key.sink}`) }, 'not in the ledger yet');
    return done.map(() => 'unledgered');
  };
  return {
    open: (since) => shared.open(since),
    claim: (keys, leaseMs) => reach.attempt(async () => {
      await book.pay();
      return book.recall(keys, await shared.claim(keys, leaseMs));
    }, () => claimBlind(keys, leaseMs)),
    renew: async (holds, leaseMs) => {
      const answers = new Map(await pairs(holds.filter(isShared), (some) => shared.renew(some, leaseMs)));
      return holds.map((hold) => answers.get(hold) ?? true);
    },
    settle: async (done) => {
      const answers = new Map(await pairs(done.filter(isShared), (some) => reach.attempt<readonly (boolean | 'unledgered')[]>(() => shared.settle(some), () => settleBlind(some))));
      const ours = done.filter((it) => !isShared(it));
      await own.settle(ours.map((it) => ({ ...it, token: it.token.slice(OWN.length) })));
      ours.forEach(book.owe);
      return done.map((it) => answers.get(it) ?? 'unledgered');
    },
  };
}

function isShared({ token }: Hold): boolean {
  return !token.startsWith(OWN);
}

async function pairs<T, R>(things: readonly T[], ask: (things: readonly T[]) => Promise<readonly R[]>): Promise<readonly (readonly [T, R])[]> {
  if (things.length === 0) return [];
  const answers = await ask(things);
  return things.map((thing, index) => [thing, answers[index]!]);
}

/** What the shared ledger has not heard of yet. */
interface Owed {
  find(key: ClaimKey): Settlement | undefined;
  owe(settlement: Settlement): void;
  /** Tells it what was settled under its own claims: a claim that was taken over meanwhile stays as it is. */
  pay(): Promise<void>;
  /** What this process delivered without it is told under the claims that it now grants, and is no longer ours to deliver. */
  recall(keys: readonly ClaimKey[], claimed: readonly Claimed[]): Promise<readonly Claimed[]>;
}

/** Settlements that are remembered for the ledger; the oldest go first. */
const MAX_OWED = 10_000;

function createBook(shared: Claims): Owed {
  const owed = new Map<string, Settlement>();
  const nameOf = ({ reportId, revision, sink }: ClaimKey): string => JSON.stringify([reportId, revision, sink]);
  const forget = (some: readonly Settlement[]): void => some.forEach(({ key }) => owed.delete(nameOf(key)));
  return {
    find: (key) => owed.get(nameOf(key)),
    owe: (settlement) => {
      owed.set(nameOf(settlement.key), settlement);
      for (const name of owed.keys()) if (owed.size > MAX_OWED) owed.delete(name);
    },
    async pay() {
      const due = [...owed.values()].filter(isShared);
      if (due.length > 0) await shared.settle(due);
      forget(due);
    },
    async recall(keys, claimed) {
      const known = keys.flatMap((key, index): Settlement[] => {
        const [answer, settlement] = [claimed[index]!, owed.get(nameOf(key))];
        return answer.status === 'ours' && settlement?.done === true ? [{ ...settlement, token: answer.token }] : [];
      });
      if (known.length === 0) return claimed;
      await shared.settle(known);
      forget(known);
      const done = new Map(known.map(({ key, receipt }) => [nameOf(key), receipt]));
      return claimed.map((answer, index): Claimed => {
        const receipt = done.get(nameOf(keys[index]!));
        return receipt === undefined ? answer : { status: 'done', receipt };
      });
    },
  };
}
