import { LOG_CHANNEL } from '../../config/filters/parts/section.ts';
import type { Channel } from '../../core/ports/alerting/channel.ts';
import type { Built } from '../../integrations/plugin.ts';
import type { Draft } from '../make-parts.ts';
import { partKinds } from '../part-kinds.ts';
import type { Examinable } from './parts.ts';

/** The channels that files set up, each vendor's server of all once. */
export function channelsOf({ config, channels, filters: { parts } }: Draft): readonly Examinable[] {
  const built = new Map(channels.map((it) => [it.name, it.built]));
  const places = new Set<string>();
  return config.channels.flatMap(({ name, vendor, configured }) => {
    const made = built.get(name);
    const place = configured?.place && `${vendor} ${configured.place}`;
    if (made === undefined || vendor === LOG_CHANNEL || (place !== undefined && places.has(place))) return [];
    if (place !== undefined) places.add(place);
    const part = parts.find((it) => it.section === 'channels' && it.name === name);
    const file = part && { part, keys: partKinds.vendors.channels[vendor] ?? [] };
    return [{ name, configured: configured!, built: examined(name, made), filters: [], file }];
  });
}

/** A vendor that can be asked for nothing but to take a message: what was read of its settings is all that is known. */
function examined(name: string, built: Built<Channel>): Built<Channel> {
  if (built.examine !== undefined) return built;
  return {
    ...built,
    async *examine() {
      const { testHint } = await import('../../platform/posting/question.ts');
      yield { check: name, status: 'ok', say: `its address and key look right; ${testHint(name)}` };
    },
  };
}
