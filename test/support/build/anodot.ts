import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Deps } from '../../../src/integrations/plugin.ts';
import { anodot } from '../../../src/integrations/sinks/anodot/index.ts';

export const TOKEN = 'a1b2c3d4/e5f6+a7b8=c9';
export const URL_ = 'https://app.anodot.com/api/v1/metrics';
export const QUERY = [
  ['token', TOKEN],
  ['protocol', 'anodot20'],
] as const;

export function anodotSink(deps: Deps, env: Record<string, string> = {}): Sink {
  return anodot.read({ ANODOT_TOKEN: TOKEN, ...env }).create(deps, 'anodot').part;
}
