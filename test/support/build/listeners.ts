import type { Order } from '../../../src/core/ports/order.ts';
import type { RunSummary } from '../../../src/core/model/results.ts';
import type { RunListener, RunOver } from '../../../src/core/ports/run-listener.ts';
import type { Scope } from '../../../src/core/ports/scope.ts';
import { resultOf } from '../../../src/core/run/run-result.ts';
import { filterOf, WINDOW } from './reports.ts';

/** The cron's own order. */
export const PLAIN: Order = { kind: 'plain', filters: [filterOf({ name: 'a' })], window: WINDOW, windowGiven: false };

/** The end that the summary tells of. */
export function overOf(summary: RunSummary): RunOver {
  const { runId, window, sourceRequests, clockSkewMs, durationMs } = summary;
  return {
    summary,
    result: resultOf({ runId, window, end: null, reports: [], sourceRequests, clockSkewMs, durationMs }),
  };
}

/** Tells a listener of the end of a plain run. */
export async function end(listener: RunListener, summary: RunSummary, scope: Scope): Promise<void> {
  await listener.ended?.(PLAIN, overOf(summary), scope);
}
