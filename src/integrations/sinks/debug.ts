import type { Courier } from '../../core/delivery/courier.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Sink } from '../../core/ports/sink.ts';

/** Stands in for a real courier in a debug run: shows the items that would go out, and sends nothing. */
export function debugCourier(sink: Sink, scope: Scope): Courier {
  return {
    sink: sink.name,
    end: () => undefined,
    async deliver({ hold, items }) {
      for (const item of items)
        scope.log.info({ report: hold.key.reportId, sink: sink.name, key: item.key, body: item.body }, 'would send');
      return { status: 'skipped', why: 'debug', items };
    },
  };
}
