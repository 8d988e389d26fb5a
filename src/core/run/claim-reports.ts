import type { Leases } from '../delivery/leases.ts';
import type { Filter } from '../model/filter.ts';
import type { Order } from '../ports/order.ts';
import type { ClaimKey } from '../model/receipt.ts';
import type { ReportView } from '../model/report.ts';
import { reportId } from '../model/window.ts';
import { ALERTS, isDecided } from '../ports/alerting/decider.ts';
import type { Claimed } from '../ports/claims.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Sink } from '../ports/sink.ts';

/** One filter's part of a run. */
export interface Job {
  readonly filter: Filter;
  readonly id: string;
  /** One per sink. */
  readonly claims: readonly { readonly key: ClaimKey; readonly claimed: Claimed }[];
  readonly remembered: ReportView | undefined;
}

export interface ClaimDeps {
  readonly order: Order;
  readonly sinks: readonly Sink[];
  readonly ledger: Ledger;
  readonly leases: Leases;
}

/** Claims the filters' reports, all in one. `isMeant` narrows the sinks further. */
export async function claimReports(
  filters: readonly Filter[],
  deps: ClaimDeps,
  isMeant: (filter: Filter, sink: string) => boolean = () => true,
): Promise<readonly Job[]> {
  const {
    order: { window, sinks: only },
    sinks,
    ledger,
    leases,
  } = deps;
  const drafts = filters.map((filter) => {
    const id = reportId(filter.name, window);
    const names = sinksFor(filter, sinks, only).filter((sink) => isMeant(filter, sink));
    return { filter, id, keys: names.map((sink): ClaimKey => ({ reportId: id, revision: 0, sink })) };
  });
  const keys = drafts.flatMap((draft) => draft.keys);
  const answers = await leases.claim(keys);
  const claimed = new Map(keys.map((key, index) => [key, answers[index]!]));
  const known = drafts.filter((draft) => draft.keys.some((key) => !isNew(claimed.get(key)!))).map(({ id }) => id);
  const remembered = await ledger.history.get(known);
  return drafts.map(({ filter, id, keys: own }) => ({
    filter,
    id,
    claims: own.map((key) => ({ key, claimed: claimed.get(key)! })),
    remembered: remembered.get(id),
  }));
}

/**
 * Names of the enabled sinks that a filter's report goes to; `only` narrows them further. Its rules are one of them,
 * whatever its sinks are.
 */
export function sinksFor(filter: Filter, enabled: readonly Sink[], only?: readonly string[]): readonly string[] {
  const takes = (name: string): boolean =>
    name === ALERTS ? isDecided(filter) : (filter.sinks?.includes(name) ?? true);
  return enabled.map((sink) => sink.name).filter((name) => (only?.includes(name) ?? true) && takes(name));
}

/** Nothing was ever kept or sent. */
function isNew(claimed: Claimed): boolean {
  return claimed.status === 'ours' && claimed.items === undefined && claimed.delivered.size === 0;
}

/** Delivered before, and still known: nothing to ask. */
export function isDone({ claims, remembered }: Job): boolean {
  return claims.length > 0 && remembered !== undefined && claims.every(({ claimed }) => claimed.status === 'done');
}

/** Nothing of it was kept for sending, or nobody knows what it said: its window must be read. */
export function mustRead({ claims, remembered }: Job): boolean {
  const ours = claims.filter(({ claimed }) => claimed.status === 'ours');
  if (ours.length === 0)
    return (
      claims.length === 0 || (remembered === undefined && claims.every(({ claimed }) => claimed.status === 'done'))
    );
  return ours.some(({ claimed }) => claimed.status === 'ours' && claimed.items === undefined);
}
