import { type Consignment, type Courier, giveUp } from '../delivery/courier.ts';
import type { Leases } from '../delivery/leases.ts';
import { microBatch } from '../delivery/micro-batch.ts';
import { NOTHING } from '../delivery/receipt.ts';
import { isTooOld } from '../delivery/too-old.ts';
import { faultOf } from '../model/errors.ts';
import type { Receipt } from '../model/receipt.ts';
import { HOUR_MS } from '../model/window.ts';
import { type Decide, type Decision, isDecided, type ToDecide } from '../ports/alerting/decider.ts';
import type { Filter } from '../model/filter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import { batches } from './batches.ts';
import { factsIn } from './fact-items.ts';

export interface DecideDeps extends Clock {
  readonly decide: Decide;
  /** By name, as they count now; undefined: it is gone. */
  filterOf(name: string): Filter | undefined;
  /** Hears what was decided, and of what. */
  decided(decision: Decision, of: ToDecide): void;
}

/** The first window waits so long for others, each next first one twice as long, ms. */
const LINGER_MS = 250;
const MOST_LINGER_MS = 4_000;

/** Decides what it is given instead of sending it. Whatever breaks is for the next run to repeat. */
export function decideCourier(sink: Sink, leases: Leases, scope: Scope, deps: DecideDeps): Courier {
  const over = new AbortController();
  const linger = (before: number, flushed: AbortSignal): Promise<void> =>
    deps.sleep(
      Math.min(LINGER_MS * 2 ** before, MOST_LINGER_MS),
      AbortSignal.any([scope.signal, flushed, over.signal]),
    );
  const batch = microBatch<ToDecide, Decision>((all) => decideAll(all, deps), linger);
  return {
    sink: sink.name,
    end: () => over.abort(),
    deliver: (consignment) => decideOne(consignment, { sink, leases, scope, put: batch.put }, deps),
  };
}

async function decideAll(all: readonly ToDecide[], { decide }: DecideDeps): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  for (const some of batches(all)) decisions.push(...(await decide(some)));
  return decisions;
}

interface Way {
  readonly sink: Sink;
  readonly leases: Leases;
  readonly scope: Scope;
  put(one: ToDecide): Promise<Decision>;
}

async function decideOne(
  { hold, window, items, delivered }: Consignment,
  { sink, leases, scope, put }: Way,
  deps: DecideDeps,
): Promise<Receipt> {
  const cancel = (error: string): Promise<Receipt> => giveUp(leases, hold, delivered, { error });
  if (isTooOld(sink, window.start, deps.now()))
    return cancel(`rules: the window is older than ${sink.maxAgeMs! / HOUR_MS} h, which is all that is known`);
  const facts = factsIn(items);
  if (facts === null) return cancel('rules: what was kept for them is not known to this version');
  const filter = deps.filterOf(facts.filter);
  if (filter === undefined || !isDecided(filter)) return cancel(`rules: ${facts.filter} has none any more`);
  const [isOurs] = await leases.check([hold]);
  if (isOurs !== true) return cancel('rules: this server may no longer hold the report');
  try {
    const decision = await put({ filter, facts });
    deps.decided(decision, { filter, facts });
    for (const { rule, error } of decision.broken)
      scope.log.error({ filter: filter.name, rule, window: window.start, error }, 'rule broke');
    if (decision.isOutdated) return await cancel('rules: another server has newer filters; nothing is decided here');
    return await settle(leases, { ...hold, receipt: NOTHING, done: true, delivered });
  } catch (error) {
    scope.log.error({ filter: filter.name, window: window.start, error: faultOf(error).message }, 'not decided');
    return cancel(`rules: ${faultOf(error).message}`);
  }
}

async function settle(leases: Leases, settlement: Parameters<Leases['settle']>[0]): Promise<Receipt> {
  const said = await leases.settle(settlement);
  if (said === false) return { status: 'in hand elsewhere' };
  return { status: 'sent', ...NOTHING, ...(said === 'unledgered' ? { unledgered: true } : {}) };
}
