import type { SinkCost } from '../../../core/ports/sink-cost.ts';
import { many } from '../../../platform/numbers.ts';
import { encode, METRICS } from './samples.ts';

/** It is paid by the metric. */
export const cost: SinkCost = {
  title: 'Anodot',
  keys: { vendor: 'anodot' },
  encode: (report) => encode(report, 'counter'),
  ofDay({ filters, records: samplesPerDay }) {
    const metrics = METRICS.length * filters.reduce((sum, { projects }) => sum + projects.length, 0);
    const text = `${many(metrics, 'metric')}, ${many(samplesPerDay, 'sample')} a day`;
    return { figures: { metrics, samplesPerDay }, text, note: text, warnings: [] };
  },
};
