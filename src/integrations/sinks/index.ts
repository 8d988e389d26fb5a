import type { Sink } from '../../core/ports/sink.ts';
import type { Plugin } from '../plugin.ts';
import { anodot } from './anodot.ts';
import { newrelic } from './newrelic/index.ts';

/** Every sink there is, by the name that SINKS uses. A new one adds its line here and its file beside this one. */
export const sinks: Readonly<Record<string, Plugin<Sink>>> = { anodot, newrelic };
