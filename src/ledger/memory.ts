import type { Claimed, ClaimKey, Claims, Recall, ReportView, Delivered } from '../core/ports.ts';
import type { Outcome } from '../core/types.ts';

/** How long deliveries are remembered. */
export const KEEP_MS = 24 * 3_600_000;
/** Bounds on memory: a claim takes some hundred bytes, a report some kilobytes. */
const MAX_CLAIMS = 100_000;
const MAX_REPORTS = 2_000;

interface Entry {
  readonly key: ClaimKey;
  readonly at: number;
  /** Epoch ms; 0 when nobody holds it. */
  heldUntil: number;
  done: boolean;
  receipt: Delivered | null;
  delivered: ReadonlyMap<string, Outcome>;
}

/** Claims within this process, for 24 h; a restart forgets them. */
export function memoryClaims(now: () => number): Claims {
  const entries = new Map<string, Entry>();
  const forget = (): void => {
    for (const [name, entry] of entries) {
      if (entries.size <= MAX_CLAIMS && entry.at > now() - KEEP_MS) return;
      if (entry.heldUntil <= now()) entries.delete(name);
    }
  };
  const claimOne = (key: ClaimKey, leaseMs: number): Claimed => {
    const entry = entries.get(nameOf(key)) ?? { key, at: now(), heldUntil: 0, done: false, receipt: null, delivered: new Map() };
    if (entry.done && entry.receipt !== null) return { status: 'done', receipt: entry.receipt };
    if (entry.heldUntil > now()) return { status: 'held' };
    entry.heldUntil = now() + leaseMs;
    entries.set(nameOf(key), entry);
    return { status: 'ours', delivered: entry.delivered };
  };
  return {
    async claim(keys, leaseMs) {
      forget();
      return keys.map((key) => claimOne(key, leaseMs));
    },
    async renew(keys, leaseMs) {
      return keys.map((key) => {
        const entry = entries.get(nameOf(key));
        if (entry === undefined || entry.done || entry.heldUntil <= now()) return false;
        entry.heldUntil = now() + leaseMs;
        return true;
      });
    },
    async settle(done) {
      for (const { key, receipt, done: isDone, delivered } of done) {
        const entry = entries.get(nameOf(key));
        if (entry !== undefined) Object.assign(entry, { heldUntil: 0, done: isDone, receipt, delivered: isDone ? new Map() : delivered });
      }
    },
    async open(since) {
      return [...entries.values()].filter((entry) => !entry.done && entry.at >= since).map((entry) => entry.key);
    },
  };
}

function nameOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}

/** The latest reports as they were answered; the oldest go first. */
export function memoryRecall(): Recall {
  const reports = new Map<string, ReportView>();
  return {
    get: (id) => reports.get(id),
    put: (report) => {
      reports.delete(report.id);
      reports.set(report.id, report);
      for (const id of reports.keys()) {
        if (reports.size <= MAX_REPORTS) return;
        reports.delete(id);
      }
    },
  };
}

/** A run that remembers nothing: every claim is granted. For debug runs. */
export const noClaims: Claims = {
  claim: async (keys) => keys.map(() => ({ status: 'ours', delivered: new Map() })),
  renew: async (keys) => keys.map(() => true),
  settle: async () => undefined,
  open: async () => [],
};

export const noRecall: Recall = { get: () => undefined, put: () => undefined };
