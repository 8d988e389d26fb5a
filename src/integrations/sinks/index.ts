import type { SinkPlugin } from '../plugin.ts';
import { anodot } from './anodot/index.ts';
import { newrelic } from './newrelic/index.ts';

/** Every sink there is, by the name that SINKS uses. A new one adds its line here and its file beside this one. */
export const sinks: Readonly<Record<string, SinkPlugin>> = { anodot, newrelic };
