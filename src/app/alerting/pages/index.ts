import { LOG_CHANNEL } from '../../../config/filters/parts/section.ts';
import { late } from '../../../platform/late.ts';
import type { PageActs } from '../../../server/pages/act/acts.ts';
import type { PageAlerting } from '../../../server/pages/data/alerts/of-page.ts';
import { inUse } from '../channels-in-use.ts';
import type { KeptDeps } from '../deps.ts';
import { hasSentences, isWanted } from '../wanted.ts';
import type { Whole } from '../whole.ts';

/** What pages show of alerts and messages. */
export function alertingForPages(deps: Omit<KeptDeps, 'isReleased'>, whole: () => Promise<Whole>): PageAlerting {
  const { alerts, outbox, inForce, adminChannel } = deps;
  return {
    alerts,
    outbox,
    // The log takes everything, and has nobody who would miss something.
    channels: () => [...inUse(deps).keys()].filter((name) => name !== LOG_CHANNEL),
    log: LOG_CHANNEL,
    watches: () =>
      inForce()
        .watches.filter(hasSentences)
        .map(({ name }) => name),
    mutes: async () => (await whole()).mutes(),
    fileMutes: () => inForce().mutes,
    hidden: async () => {
      // One process's own memory has nobody who hides.
      if (deps.ledger.backlog === undefined) return new Map();
      const { hiddenIssues } = await import('../../../core/telling/mutes/hidden.ts');
      return hiddenIssues(await outbox.mutes(), await outbox.now());
    },
    isWanted: () => isWanted(inForce(), adminChannel),
    acts: deps.hasActions ? actsOf(deps, async () => (await whole()).acts) : undefined,
  };
}

/** What people do is loaded when somebody does it. */
function actsOf({ tickets }: Pick<KeptDeps, 'tickets'>, load: () => Promise<PageActs>): PageActs {
  const names = { mute: true, unmute: true, hide: true, acknowledge: true, sendAgain: true, about: true } as const;
  const acts = late<Omit<PageActs, 'ticket' | 'look'>>(names, load);
  return tickets === undefined ? acts : { ...acts, ticket: async (...given) => (await load()).ticket!(...given) };
}
