import type { ClaimKey } from '../../core/model/receipt.ts';
import type { Claimed, Claims, Settlement } from '../../core/ports/claims.ts';
import type { Log } from '../../core/ports/scope.ts';
import { isShared } from './claim-owner.ts';

/** Settlements that the shared ledger has not heard of yet. */
export interface ReplayBuffer {
  find(key: ClaimKey): Settlement | undefined;
  add(settlement: Settlement): void;
  remove(settlements: readonly Settlement[]): void;
  /** Tells the ledger what was settled under its own claims. One that was taken over meanwhile stays as it is there. */
  replay(): Promise<void>;
  /**
   * Of claims that the ledger just granted: what this process delivered without it is settled under them, and answered
   * as done.
   */
  settleGranted(keys: readonly ClaimKey[], claimed: readonly Claimed[]): Promise<readonly Claimed[]>;
}

/** Beyond it the oldest are forgotten. */
export const MAX_BUFFERED = 10_000;

export function createReplayBuffer(shared: Pick<Claims, 'settle'>, log: Log): ReplayBuffer {
  const buffer = new Map<string, Settlement>();
  let forgotten = 0;
  const find = (key: ClaimKey): Settlement | undefined => buffer.get(nameOf(key));
  const remove = (settlements: readonly Settlement[]): void =>
    settlements.forEach(({ key }) => buffer.delete(nameOf(key)));
  return {
    find,
    remove,
    add: (settlement) => {
      buffer.set(nameOf(settlement.key), settlement);
      if (buffer.size <= MAX_BUFFERED) return;
      if (forgotten++ === 0) log.error({ most: MAX_BUFFERED }, FULL);
      buffer.delete(buffer.keys().next().value!);
    },
    async replay() {
      const due = [...buffer.values()].filter(isShared);
      if (due.length > 0) await shared.settle(due);
      remove(due);
    },
    async settleGranted(keys, claimed) {
      if (forgotten > 0) log.error({ reports: forgotten }, FORGOTTEN);
      forgotten = 0;
      const done = keys.flatMap((key, index) => deliveredUnder(claimed[index]!, find(key)));
      if (done.length > 0) await shared.settle(done);
      const answers = claimed.map((answer, index) => withDelivered(answer, find(keys[index]!)));
      remove(done);
      return answers;
    },
  };
}

const FULL = 'more was sent without the ledger than can be remembered for it, the oldest is forgotten';
const FORGOTTEN = 'was sent without the ledger and is forgotten: it may be sent again';

function nameOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}

/** The settlement under the claim that was granted, when all of it is delivered. */
function deliveredUnder(granted: Claimed, settlement: Settlement | undefined): readonly Settlement[] {
  return granted.status === 'ours' && settlement?.done === true ? [{ ...settlement, token: granted.token }] : [];
}

/** What was delivered in part is in the claim's settlement later. */
function withDelivered(granted: Claimed, settlement: Settlement | undefined): Claimed {
  if (granted.status !== 'ours') return granted;
  if (settlement?.done === true) return { status: 'done', receipt: settlement.receipt };
  return { ...granted, delivered: new Map([...granted.delivered, ...(settlement?.delivered ?? [])]) };
}
