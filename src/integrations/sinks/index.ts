import type { SinkCost } from '../../core/ports/sink-cost.ts';
import type { SinkPlugin } from '../plugin.ts';
import { anodot } from './anodot/index.ts';
import { newrelic } from './newrelic/index.ts';

/** Every sink there is, by the name that SINKS uses. A new one adds its line here and its file beside this one. */
export const sinks: Readonly<Record<string, SinkPlugin>> = { anodot, newrelic };

/** What their records cost, of those that say so. */
export const costs: Readonly<Record<string, SinkCost>> = Object.fromEntries(
  Object.entries(sinks).flatMap(([name, { cost }]) => (cost === undefined ? [] : [[name, cost]])),
);
