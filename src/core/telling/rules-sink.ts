import { factsOf } from '../model/alerting/facts.ts';
import type { Item } from '../model/item.ts';
import type { Report } from '../model/report.ts';
import { ALERTS } from '../ports/alerting/decider.ts';
import type { Sink } from '../ports/sink.ts';
import { factItems } from './fact-items.ts';

/**
 * Rules as a run sees them: a sink whose items are facts. Who takes over a claim on it decides without reading.
 * `maxAgeMs`: so old a window may be.
 */
export function rulesSink(maxAgeMs: number): Sink {
  const encode = (report: Report): readonly Item[] => factItems(factsOf(report));
  return {
    name: ALERTS,
    repeatSafe: true,
    maxAgeMs,
    limits: { items: Infinity, bytes: Infinity },
    encode,
    encodeCorrection: (_told, report) => encode(report),
    send: () => Promise.reject(new Error(`${ALERTS} has a courier of its own`)),
  };
}
