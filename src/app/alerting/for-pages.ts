import { LOG_CHANNEL } from '../../config/filters/parts/section.ts';
import type { PageAlerting } from '../../server/pages/data/alerts/of-page.ts';
import type { KeptDeps } from './deps.ts';
import { inUse, mutesIn } from './in-force.ts';
import { isWanted } from './wanted.ts';

/** What pages show of alerts and messages. */
export function alertingForPages(deps: KeptDeps): PageAlerting {
  const { alerts, outbox, inForce, adminChannel } = deps;
  return {
    alerts,
    outbox,
    // The log takes everything, and has nobody who would miss something.
    channels: () => [...inUse(deps).keys()].filter((name) => name !== LOG_CHANNEL),
    mutes: () => mutesIn(deps),
    fileMutes: () => inForce().mutes,
    isWanted: () => isWanted(inForce(), adminChannel),
    hasActions: false,
  };
}
