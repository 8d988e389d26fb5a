import { DAY_MS } from '../../core/model/window.ts';
import type { Outcome } from '../../core/model/item.ts';
import type { ClaimKey, Delivered } from '../../core/model/receipt.ts';
import type { Claimed, Claims, Hold, Settlement } from '../../core/ports/claims.ts';

/** How long deliveries of a report are remembered after its latest claim. */
export const KEEP_MS = DAY_MS;
/** Bound on memory: a claim takes some 250 bytes. Beyond it the oldest report's go first. */
const MAX_CLAIMS = 100_000;

/** NOTE: tens of thousands of them are kept for a day: of what is done there is the receipt and nothing else. */
interface Entry {
  readonly revision: number;
  readonly sink: string;
  /** When the latest claim was granted. */
  at: number;
  /** Number of the latest claim, which is its token; 0: none yet. */
  claim: number;
  state: Work | Delivered;
}

/** What is not done. */
interface Work {
  /** Epoch ms; 0 when nobody holds it. */
  readonly heldUntil: number;
  readonly delivered: ReadonlyMap<string, Outcome>;
}

const NEW: Work = { heldUntil: 0, delivered: new Map() };

function isDone(state: Work | Delivered): state is Delivered {
  return 'accepted' in state;
}

/** Claims within this process; a restart forgets them. */
export function memoryClaims(now: () => number): Claims {
  const book = openBook(now);
  let claims = 0;
  const claimOne = (key: ClaimKey, leaseMs: number): Claimed => {
    const entry = book.find(key) ?? book.add(key);
    const { state } = entry;
    if (isDone(state)) return { status: 'done', receipt: state };
    if (state.heldUntil > now()) return { status: 'held' };
    entry.claim = ++claims;
    entry.at = now();
    entry.state = { heldUntil: now() + leaseMs, delivered: state.delivered };
    return { status: 'ours', token: String(claims), delivered: state.delivered };
  };
  const renewOne = (hold: Hold, leaseMs: number): boolean => {
    const entry = book.held(hold);
    if (entry === undefined || isDone(entry.state) || entry.state.heldUntil === 0) return false;
    entry.state = { ...entry.state, heldUntil: now() + leaseMs };
    return true;
  };
  const settleOne = (settlement: Settlement): boolean => {
    const entry = book.held(settlement);
    if (entry === undefined) return false;
    const { done, receipt, delivered } = settlement;
    entry.state = done ? receipt : { heldUntil: 0, delivered };
    return true;
  };
  return {
    async claim(keys, leaseMs) {
      book.forget();
      return keys.map((key) => claimOne(key, leaseMs));
    },
    renew: async (holds, leaseMs) => holds.map((hold) => renewOne(hold, leaseMs)),
    settle: async (all) => all.map(settleOne),
  };
}

interface Book {
  find(key: ClaimKey): Entry | undefined;
  add(key: ClaimKey): Entry;
  /** The claim as long as nobody took it over. */
  held(hold: Hold): Entry | undefined;
  /** What is too old, and what is too much; never what somebody holds. */
  forget(): void;
}

function openBook(now: () => number): Book {
  /** By report, in the order of their first claims. */
  const reports = new Map<string, readonly Entry[]>();
  let size = 0;
  const isHeld = ({ state }: Entry): boolean => !isDone(state) && state.heldUntil > now();
  const find = ({ reportId, revision, sink }: ClaimKey): Entry | undefined =>
    reports.get(reportId)?.find((it) => it.revision === revision && it.sink === sink);
  return {
    find,
    held: ({ key, token }) => {
      const entry = find(key);
      return entry !== undefined && String(entry.claim) === token ? entry : undefined;
    },
    add: ({ reportId, revision, sink }) => {
      const entry: Entry = { revision, sink, at: now(), claim: 0, state: NEW };
      // NOTE: a list that is spread or pushed to takes room for seventeen.
      reports.set(reportId, (reports.get(reportId) ?? []).concat(entry));
      size++;
      return entry;
    },
    forget: () => {
      for (const [reportId, entries] of reports) {
        if ((size <= MAX_CLAIMS && entries.some(({ at }) => at > now() - KEEP_MS)) || entries.some(isHeld)) continue;
        reports.delete(reportId);
        size -= entries.length;
      }
    },
  };
}
