import type { SinkCost } from '../../../core/ports/sink-cost.ts';
import { gigabytes, many, number } from '../../../platform/numbers.ts';
import { encode } from './encode.ts';
import { GAUGES } from './metrics.ts';

/** More time series of one metric on a day, and their rollups stop. */
const MOST_SERIES = 100_000;

/** It is paid by the gigabyte, and limits time series: one of each gauge for every project of every filter. */
export const cost: SinkCost = {
  title: 'New Relic',
  keys: { vendor: 'newRelic', bytes: 'newRelicBytes' },
  encode,
  ofDay({ filters, records: recordsPerDay, bytes }) {
    const seriesPerMetric = filters.reduce((sum, { projects }) => sum + projects.length, 0);
    const seriesPerDay = GAUGES.length * seriesPerMetric;
    const gbPerDay = bytes / 1e9;
    const series = `${number(seriesPerDay)} time series (${number(seriesPerMetric)} of each gauge`;
    return {
      figures: { seriesPerMetric, seriesPerDay, recordsPerDay, gbPerDay },
      text:
        `${many(recordsPerDay, 'record')} and ${gigabytes(gbPerDay)} a day, ` +
        `${series}, ${number(MOST_SERIES)} are allowed)`,
      note: `${series}), ${number(recordsPerDay)} records and ${Number(gbPerDay.toPrecision(2))} GB a day`,
      warnings: seriesPerMetric > MOST_SERIES ? [tooManySeries(seriesPerMetric)] : [],
    };
  },
};

function tooManySeries(seriesPerMetric: number): string {
  return (
    `New Relic: ${number(seriesPerMetric)} time series of each gauge a day, above ${number(MOST_SERIES)} ` +
    'its charts of more than a day stop; name fewer projects per filter, or leave filters out with `sinks`'
  );
}
