import { groupOf } from '../../../core/model/alerting/recipients.ts';
import type { PlacedPart } from './placed.ts';

/** The vendor of which one channel may be set up for several. */
const MAIL = 'email';

/** Of a channel with several addresses one channel for each of them; any other part as it is. */
export function eachRecipient<P extends PlacedPart>(part: P): readonly P[] {
  const written = part.section === 'channels' && part.person === undefined ? part.texts[MAIL] : undefined;
  const all = (written ?? '').split(',').map((address) => address.trim());
  if (all.length < 2) return [part];
  return all.map((address) => ({
    ...part,
    name: `${part.name}/${address}`,
    texts: { ...part.texts, [MAIL]: address },
  }));
}

/** By the name that rules say, the channels that are told; only where these are other names. */
export function recipientsOf(parts: readonly PlacedPart[]): ReadonlyMap<string, readonly string[]> {
  const several = parts.filter(({ section, name }) => section === 'channels' && groupOf(name) !== name);
  const groups = Map.groupBy(several, ({ name }) => groupOf(name));
  return new Map([...groups].map(([group, all]) => [group, all.map(({ name }) => name)]));
}
