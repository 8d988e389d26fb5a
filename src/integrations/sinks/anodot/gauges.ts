import type { Item } from '../../../core/model/item.ts';
import type { Gauge } from '../../../core/model/watches/gauge.ts';
import { isoOf } from '../../../core/model/window.ts';
import { clean } from './samples.ts';

/** Of the value of a watch; other numbers of the same look have their names after it. */
const METRIC = 'sentry_watch';
/** Names that a sample carries itself. */
const OWN = new Set(['what', 'watch', 'target_type']);

/** Gauges of a watch. NOTE: a label that is added or changed starts the metric anew. */
export function gaugeSamples({ watch, labels, at, value, more }: Gauge): readonly Item[] {
  const named = Object.entries(labels).filter(([name]) => !OWN.has(clean(name)));
  const own = Object.fromEntries(named.map(([name, text]) => [clean(name), clean(text)]));
  const numbers = [...(value === null ? [] : [['', value] as const]), ...Object.entries(more)];
  return numbers.map(([name, number]) => {
    const what = name === '' ? METRIC : `${METRIC}_${name}`;
    const properties = { ...own, what, watch: clean(watch), target_type: 'gauge' };
    return {
      key: JSON.stringify(['watch', watch, isoOf(at), what]),
      body: { properties, timestamp: Math.floor(at / 1000), value: number },
    };
  });
}
