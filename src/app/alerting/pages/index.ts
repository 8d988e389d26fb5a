import { LOG_CHANNEL } from '../../../config/filters/parts/section.ts';
import type { PageAlerting } from '../../../server/pages/data/alerts/of-page.ts';
import type { KeptDeps } from '../deps.ts';
import { inUse, mutesIn } from '../in-force.ts';
import { pageActs } from './acts.ts';
import { isWanted } from '../wanted.ts';

/** What pages show of alerts and messages. */
export function alertingForPages(deps: KeptDeps): PageAlerting {
  const { alerts, outbox, inForce, adminChannel } = deps;
  return {
    alerts,
    outbox,
    // The log takes everything, and has nobody who would miss something.
    channels: () => [...inUse(deps).keys()].filter((name) => name !== LOG_CHANNEL),
    mutes: async () => {
      const now = await outbox.now();
      return mutesIn(deps, { now, sure: now });
    },
    fileMutes: () => inForce().mutes,
    isWanted: () => isWanted(inForce(), adminChannel),
    acts: deps.hasActions ? pageActs(deps) : undefined,
  };
}
