import type { Claimed, ClaimKey, Claims, History, Hold, Kept, Ledger, Point, Sharing } from '../core/ledger.ts';
import type { Delivered, ReportView } from '../core/ports.ts';
import type { Outcome } from '../core/types.ts';
import { viewOf } from '../core/report.ts';

/** How long deliveries are remembered. */
export const KEEP_MS = 24 * 3_600_000;
/** Bounds on memory: a claim takes some hundred bytes, a report some kilobytes. */
const MAX_CLAIMS = 100_000;
const MAX_REPORTS = 2_000;

interface Entry {
  readonly key: ClaimKey;
  readonly at: number;
  /** Of the latest claim. */
  token: string;
  /** Epoch ms; 0 when nobody holds it. */
  heldUntil: number;
  done: boolean;
  receipt: Delivered | null;
  delivered: ReadonlyMap<string, Outcome>;
}

/** One for all: a day of a busy server has tens of thousands of claims of which nothing is left to send. */
const NO_ITEMS: ReadonlyMap<string, Outcome> = new Map();

/** Claims within this process, for 24 h; a restart forgets them. */
export function memoryClaims(now: () => number): Claims {
  const entries = new Map<string, Entry>();
  let claims = 0;
  const held = ({ key, token }: Hold): Entry | undefined => {
    const entry = entries.get(nameOf(key));
    return entry?.token === token ? entry : undefined;
  };
  const forget = (): void => {
    for (const [name, entry] of entries) {
      if (entries.size <= MAX_CLAIMS && entry.at > now() - KEEP_MS) return;
      if (entry.heldUntil <= now()) entries.delete(name);
    }
  };
  const claimOne = (key: ClaimKey, leaseMs: number): Claimed => {
    const entry = entries.get(nameOf(key)) ?? { key, at: now(), token: '', heldUntil: 0, done: false, receipt: null, delivered: NO_ITEMS };
    if (entry.done && entry.receipt !== null) return { status: 'done', receipt: entry.receipt };
    if (entry.heldUntil > now()) return { status: 'held' };
    entry.heldUntil = now() + leaseMs;
    entry.token = String(++claims);
    entries.set(nameOf(key), entry);
    return { status: 'ours', token: entry.token, delivered: entry.delivered };
  };
  return {
    async claim(keys, leaseMs) {
      forget();
      return keys.map((key) => claimOne(key, leaseMs));
    },
    async renew(holds, leaseMs) {
      return holds.map((hold) => {
        const entry = held(hold);
        if (entry === undefined || entry.heldUntil === 0) return false;
        entry.heldUntil = now() + leaseMs;
        return true;
      });
    },
    async settle(done) {
      return done.map((settlement) => {
        const entry = held(settlement);
        if (entry === undefined) return false;
        const { receipt, done: isDone, delivered } = settlement;
        Object.assign(entry, { heldUntil: 0, done: isDone, receipt, delivered: isDone ? NO_ITEMS : delivered });
        return true;
      });
    },
    async open(since) {
      return [...entries.values()].filter((entry) => !entry.done && entry.at >= since).map((entry) => entry.key);
    },
  };
}

function nameOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}

/** The latest reports as they were answered; the oldest go first. Runs are not remembered: the log has them. */
export function memoryHistory(): History {
  const reports = new Map<string, ReportView>();
  const put = (view: ReportView): void => {
    if ((reports.get(view.id)?.revision ?? 0) > view.revision) return;
    reports.delete(view.id);
    reports.set(view.id, view);
    for (const id of reports.keys()) {
      if (reports.size <= MAX_REPORTS) return;
      reports.delete(id);
    }
  };
  return {
    put: async (all) => all.forEach((report) => put(viewOf(report))),
    get: async (ids) => new Map(ids.flatMap((id): [string, ReportView][] => {
      const view = reports.get(id);
      return view === undefined ? [] : [[id, view]];
    })),
    series: async (filter, from, to) => [...reports.values()]
      .filter(({ id, window }) => id.startsWith(`${filter}@`) && window.start >= from && window.start < to)
      .sort((a, b) => a.window.start - b.window.start)
      .map(({ window, revision, complete, totals, unattributed }): Point => ({ window, revision, complete, totals, unattributed })),
    began: async () => undefined,
    ended: async () => undefined,
  };
}

/** Nobody else works on the same filters. */
const ALONE: Sharing = { leaseMs: Infinity, parts: 1, lingers: false, onError: 'send' };

const SELF: Pick<Ledger, 'sharing' | 'servesBlind' | 'health'> = { sharing: ALONE, servesBlind: () => true, health: async () => 'ready' };

function allOf(kept: readonly Kept[]): readonly (readonly boolean[])[] {
  return kept.map(({ parcels }) => parcels.map(() => true));
}

/** What one process remembers: the default, without any database. */
export function memoryLedger(now: () => number): Ledger {
  const history = memoryHistory();
  return {
    claims: memoryClaims(now), history, ...SELF, open: async () => undefined, close: async () => undefined,
    keep: async (kept) => {
      await history.put(kept.map(({ report }) => report));
      return allOf(kept);
    },
  };
}

const noClaims: Claims = {
  claim: async (keys) => keys.map(() => ({ status: 'ours', token: '', delivered: new Map() })),
  renew: async (holds) => holds.map(() => true),
  settle: async (done) => done.map(() => true),
  open: async () => [],
};

const noHistory: History = {
  put: async () => undefined,
  get: async () => new Map(),
  series: async () => [],
  began: async () => undefined,
  ended: async () => undefined,
};

/** A run that remembers nothing: every claim is granted. For debug runs. */
export const noLedger: Ledger = { claims: noClaims, history: noHistory, ...SELF, keep: async (kept) => allOf(kept), open: async () => undefined, close: async () => undefined };
