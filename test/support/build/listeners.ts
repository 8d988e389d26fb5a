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

/** Of a run whose numbers nobody looks at, but for those given. */
export function summaryOf(known: Partial<RunSummary>): RunSummary {
  return {
    outcome: 'ok',
    runId: 'run-1',
    window: WINDOW,
    durationMs: 640,
    filters: 3,
    failed: 1,
    incomplete: 2,
    faults: 4,
    sourceRequests: 9,
    sinks: [],
    behind: null,
    alertsFiring: null,
    messagesFailed: null,
    corrections: 0,
    clockSkewMs: null,
    server: 'host-1',
    version: '1.2.3',
    ...known,
  };
}

/** Tells a listener of the end of a run, which was a plain one if nothing else is said. */
export async function end(listener: RunListener, summary: RunSummary, scope: Scope, order = PLAIN): Promise<void> {
  await listener.ended?.(order, overOf(summary), scope);
}
