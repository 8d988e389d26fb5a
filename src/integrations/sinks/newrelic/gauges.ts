import type { Item } from '../../../core/model/item.ts';
import type { Gauge } from '../../../core/model/watches/gauge.ts';
import { isoOf } from '../../../core/model/window.ts';
import { attribute, value } from './text.ts';

/** Of the value of a watch; other numbers of the same look have their names after it: `sentry.watch.ms`. */
const METRIC = 'sentry.watch';

/** Gauges of a watch for the Metric API. NOTE: our own name comes last, so that no label can stand in its place. */
export function gaugeItems({ watch, labels, at, everyMs, value: main, more }: Gauge): readonly Item[] {
  const own = Object.entries(labels).map(([name, text]) => [attribute(name), value(text)] as const);
  const attributes = { ...Object.fromEntries(own), watch };
  const numbers = [...(main === null ? [] : [['', main] as const]), ...Object.entries(more)];
  return numbers.map(([name, number]) => {
    const metric = name === '' ? METRIC : `${METRIC}.${name}`;
    return {
      key: JSON.stringify(['watch', watch, isoOf(at), metric]),
      lane: 'metrics',
      body: { name: metric, type: 'gauge', value: number, timestamp: at, 'interval.ms': everyMs, attributes },
    };
  });
}
