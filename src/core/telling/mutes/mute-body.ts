import type { Mute } from '../../model/alerting/rule.ts';
import type { JsonObject } from '../../model/item.ts';
import { isoOf } from '../../model/window.ts';

/** A mute as answers have it: with the keys by which a file says it. */
export function muteBody({ id, what, until, why, since, by }: Mute): JsonObject {
  return {
    id,
    ...(what.kind === 'all' ? { all: true } : { [what.kind]: what.name }),
    ...endOf(until),
    why,
    since: isoOf(since),
    ...(by === undefined ? {} : { by }),
  };
}

function endOf(until: Mute['until']): JsonObject {
  switch (until.kind) {
    case 'instant':
      return { until: isoOf(until.at) };
    case 'events':
      return { events: until.count };
    case 'release':
      return { release: until.name };
    case 'resolved':
      return { resolved: true };
  }
}
