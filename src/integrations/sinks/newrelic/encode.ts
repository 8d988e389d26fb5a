import type { Item } from '../../../core/model/item.ts';
import type { Report } from '../../../core/model/report.ts';
import { correctionItems, eventItems } from './events.ts';
import { metricItems } from './metrics.ts';
import { lateTimings, timingItems } from './timings.ts';

/** All records of a report: events, then gauges. */
export function encode(report: Report): readonly Item[] {
  return [...eventItems(report), ...metricItems(report), ...timingItems(report)];
}

/** What grew since the sink was told, and durations that it was not told yet. */
export function encodeCorrection(told: Pick<Report, 'totals' | 'gaps'>, report: Report): readonly Item[] {
  return [...correctionItems(told, report), ...lateTimings(told, report)];
}
