import type { RunSummary } from '../../../src/core/model/results.ts';
import { loadMetrics, type Metrics } from '../../../src/integrations/observers/metrics/index.ts';
import { end } from '../../support/build/listeners.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { createLogBook, type LogBook, scopeOf } from '../../support/build/scope.ts';
import { NOW } from '../../support/time/clock.ts';

export const SUMMARY: RunSummary = {
  outcome: 'ok',
  runId: 'run-1',
  window: WINDOW,
  durationMs: 640,
  filters: 3,
  failed: 0,
  incomplete: 0,
  faults: 0,
  sourceRequests: 9,
  sinks: ['newrelic', 'anodot'],
  behind: null,
  alertsFiring: null,
  messagesFailed: null,
  corrections: 0,
  clockSkewMs: -12,
  server: 'host-1',
  version: '1.2.3',
};

export async function metricsOf(
  filterFaults = 0,
): Promise<
  Metrics & { readonly log: LogBook; end(given?: Partial<RunSummary>): Promise<void>; text(): Promise<string> }
> {
  const metrics = await loadMetrics(() => NOW);
  const log = createLogBook();
  metrics.know({ vendors: ['sentry', 'anodot'], sinks: ['anodot'], log });
  metrics.filters({ faults: Array.from({ length: filterFaults }, () => ({ where: 'f', text: 't' })), loadedAt: 0 });
  return {
    ...metrics,
    log,
    end: (given = {}) => end(metrics.listener, { ...SUMMARY, ...given }, scopeOf()),
    text: async () => (await metrics.page('text')).text,
  };
}
