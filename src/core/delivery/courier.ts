import { canonicalItem } from '../model/canonical-json.ts';
import type { Item, Outcome } from '../model/item.ts';
import type { Delivered, Receipt } from '../model/receipt.ts';
import type { Report } from '../model/report.ts';
import { HOUR_MS, type Window } from '../model/window.ts';
import type { Hold, Settlement } from '../ports/claims.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProgressListener } from '../ports/run-listener.ts';
import type { Scope } from '../ports/scope.ts';
import type { Sink } from '../ports/sink.ts';
import { createBatchSender } from './batch-sender.ts';
import type { Leases } from './leases.ts';
import { NOTHING, receiptOf, settlementOf } from './receipt.ts';
import { isTooOld } from './too-old.ts';

/** One report for one sink, claimed by us. */
export interface Consignment {
  readonly hold: Hold;
  readonly window: Window;
  readonly items: readonly Item[];
  /** Outcomes of items that earlier runs already brought, by key. */
  readonly delivered: ReadonlyMap<string, Outcome>;
}

/** Takes reports to one sink during one run. The debug run has another one, which only shows. */
export interface Courier {
  readonly sink: string;
  /** Never rejects. */
  deliver(consignment: Consignment): Promise<Receipt>;
  /** No more reports will come. */
  end(): void;
}

/** How a run gets its couriers. */
export type MakeCourier = (sink: Sink, leases: Leases, scope: Scope) => Courier;

export interface CourierDeps extends Clock {
  /** Hears what became of the items of each delivery. */
  readonly progress: Pick<ProgressListener, 'delivered'>;
}

/** Sends and settles. Whatever breaks on the way is this sink's receipt, nobody else's. */
export function createCourier(sink: Sink, leases: Leases, scope: Scope, deps: CourierDeps): Courier {
  const holds = new WeakMap<Item, Hold>();
  const delivery = createBatchSender(sink, scope, {
    sleep: deps.sleep,
    areOurs: (items) => leases.check(items.map((item) => holds.get(item)!)),
  });
  return {
    sink: sink.name,
    end: () => delivery.end(),
    async deliver({ hold, window, items, delivered }) {
      if (isTooOld(sink, window.start, deps.now())) return giveUp(leases, hold, delivered, { error: tooOld(sink) });
      const left = items.filter((item) => !delivered.has(item.key));
      for (const item of left) holds.set(item, hold);
      const answers = await delivery.put(left);
      deps.progress.delivered(hold.key, answers);
      const now = new Map(left.map((item, index) => [item.key, answers[index]!]));
      const outcomes = items.map((item) => delivered.get(item.key) ?? now.get(item.key)!);
      const settlement = settlementOf(hold, items, outcomes, sink.repeatSafe);
      note(scope, sink, settlement);
      return settle(leases, settlement, receiptOf(settlement.receipt, settlement.done));
    },
  };
}

/** The items as they go over the wire, or why there are none. */
export type Encoded =
  | { readonly status: 'encoded'; readonly items: readonly Item[] }
  | { readonly status: 'failed'; readonly error: string };

export function encode(sink: Sink, report: Report): Encoded {
  try {
    return { status: 'encoded', items: sink.encode(report).map(canonicalItem) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { status: 'failed', error: `${sink.name}: cannot encode: ${why}` };
  }
}

/** Why nothing of a report is sent. */
export interface GivenUp extends Pick<Delivered, 'reason'> {
  readonly error: string;
}

/** Nothing is sent: the claim is given back, and the receipt says why. */
export function giveUp(
  leases: Leases,
  hold: Hold,
  delivered: ReadonlyMap<string, Outcome>,
  { error, ...why }: GivenUp,
): Promise<Receipt> {
  return settle(
    leases,
    { ...hold, receipt: { ...NOTHING, error }, done: false, delivered },
    { status: 'failed', ...NOTHING, error, ...why },
  );
}

function tooOld({ name, maxAgeMs = 0 }: Sink): string {
  return `${name}: the window is older than ${maxAgeMs / HOUR_MS} h, the service would drop it without a word`;
}

/** The receipt, unless somebody took the claim over meanwhile: then what became of the report is theirs to say. */
async function settle(leases: Leases, settlement: Settlement, receipt: Receipt): Promise<Receipt> {
  const said = await leases.settle(settlement);
  if (said === false) return { status: 'in hand elsewhere' };
  return said === 'unledgered' && 'accepted' in receipt ? { ...receipt, unledgered: true } : receipt;
}

function note(scope: Scope, sink: Sink, { key, receipt }: Settlement): void {
  const fields = { report: key.reportId, sink: sink.name, ...receipt };
  if (receipt.failed + receipt.uncertain + receipt.refused.length > 0) scope.log.error(fields, 'not wholly delivered');
  else scope.log.info(fields, 'delivered');
}
