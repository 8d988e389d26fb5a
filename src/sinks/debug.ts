import type { Scope, Sink } from '../core/ports.ts';
import type { Item, Report } from '../core/types.ts';
import { cannotEncode, type Courier } from '../core/courier.ts';

/** Stands in for a real courier in a debug run: shows the items that would go out, and sends nothing. */
export function debugCourier(sink: Sink, scope: Scope): Courier {
  return {
    sink: sink.name,
    end: () => undefined,
    async deliver(report: Report) {
      let items: readonly Item[];
      try {
        items = sink.encode(report);
      } catch (error) {
        return { status: 'failed', accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [], error: cannotEncode(sink, error) };
      }
      for (const item of items) scope.log.info({ report: report.id, sink: sink.name, key: item.key, body: item.body }, 'would send');
      return { status: 'skipped', why: 'debug', items };
    },
  };
}
