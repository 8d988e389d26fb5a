import type { Item } from '../../../core/model/item.ts';
import type { Report } from '../../../core/model/report.ts';
import { eventItems } from './events.ts';
import { metricItems } from './metrics.ts';

/** All records of a report: events, then gauges. */
export function encode(report: Report): readonly Item[] {
  return [...eventItems(report), ...metricItems(report)];
}
