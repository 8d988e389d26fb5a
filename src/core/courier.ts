import type { Claims, Hold, Receipt, Scope, Settlement, Sink } from './ports.ts';
import type { Item, Outcome, Report } from './types.ts';
import { createDelivery, type DeliveryDeps } from './deliver.ts';
import { receiptOf, settlementOf } from './receipt.ts';

/** Takes reports to one sink during one run. The debug run has another one, which only shows. */
export interface Courier {
  readonly sink: string;
  /** `delivered`: outcomes of items that earlier runs already brought, by key. Never rejects. */
  deliver(report: Report, hold: Hold, delivered: ReadonlyMap<string, Outcome>): Promise<Receipt>;
  /** No more reports will come. */
  end(): void;
}

export interface CourierDeps extends DeliveryDeps {
  now(): number;
}

/** Encodes, sends and settles. Whatever breaks on the way is this sink's receipt, nobody else's. */
export function createCourier(sink: Sink, claims: Claims, scope: Scope, deps: CourierDeps): Courier {
  const delivery = createDelivery(sink, scope, deps);
  return {
    sink: sink.name,
    end: () => delivery.end(),
    async deliver(report, hold, delivered) {
      const items = encode(sink, report, deps.now());
      if (typeof items === 'string') return settle(claims, { ...hold, receipt: { ...NOTHING, error: items }, done: false, delivered }, { status: 'failed', ...NOTHING, error: items });
      const left = items.filter((item) => !delivered.has(item.key));
      const answers = await delivery.put(left);
      const now = new Map(left.map((item, index) => [item.key, answers[index]!]));
      const outcomes = items.map((item) => delivered.get(item.key) ?? now.get(item.key)!);
      const settlement = settlementOf(hold, items, outcomes, sink.repeatSafe);
      note(scope, report, sink, settlement.receipt);
      return settle(claims, settlement, receiptOf(settlement.receipt));
    },
  };
}

/** What a claim's receipt says before anything was sent. */
export const NOTHING = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] } as const;

/** The receipt, unless somebody took the claim over meanwhile: then what became of the report is theirs to say. */
async function settle(claims: Claims, settlement: Settlement, receipt: Receipt): Promise<Receipt> {
  const [isOurs] = await claims.settle([settlement]);
  return isOurs === true ? receipt : { status: 'in hand elsewhere' };
}

/** The items, or why there are none. */
function encode(sink: Sink, report: Report, now: number): readonly Item[] | string {
  if (sink.maxAgeMs !== undefined && now - report.window.start > sink.maxAgeMs) {
    return `${sink.name}: the window is older than ${sink.maxAgeMs / 3_600_000} h, the service would drop it without a word`;
  }
  try {
    return sink.encode(report);
  } catch (error) {
    return cannotEncode(sink, error);
  }
}

/** A sink's bug, as the words of its receipt. */
export function cannotEncode({ name }: Sink, error: unknown): string {
  return `${name}: cannot encode: ${error instanceof Error ? error.message : String(error)}`;
}

function note(scope: Scope, report: Report, sink: Sink, receipt: object & { failed: number; uncertain: number; refused: readonly unknown[] }): void {
  const fields = { report: report.id, sink: sink.name, ...receipt };
  if (receipt.failed + receipt.uncertain + receipt.refused.length > 0) scope.log.error(fields, 'not wholly delivered');
  else scope.log.info(fields, 'delivered');
}
