import { groupOf } from '../../core/model/alerting/recipients.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import { type AlertTally, LOST, type MessageWatch } from '../../core/ports/alerting/tally.ts';
import { isDoneWithin } from '../../platform/done-within.ts';
import { inUse } from './channels-in-use.ts';
import type { KeptDeps } from './deps.ts';
import { hasSentences, isWanted } from './wanted.ts';

/** How it stands with what people are told, for those who watch the service. */
export interface Told {
  /** Null: nobody is to be told anything, or it cannot be had in time. Never rejects. */
  tally(): Promise<AlertTally | null>;
  /** Messages that were lost since this was asked last; null: nobody is to be told anything. */
  takeLost(): number | null;
}

/** For counts, ms. */
const TALLY_MS = 2_000;

/** Channels that no file has any more reach nobody, and nobody minds. The others by their names in files. */
async function tallyInUse(names: readonly string[], deps: KeptDeps): Promise<AlertTally> {
  const seen = await deps.outbox.tally(names);
  const unheard = seen.unheard.filter((name) => inUse(deps).has(name));
  return { ...seen, unheard: [...new Set(unheard.map(groupOf))] };
}

/** Counts what is lost, and passes on what is heard. */
export function watchTold(deps: KeptDeps): Told & MessageWatch {
  const { inForce, adminChannel, watch } = deps;
  let lost = 0;
  const isTold = (): boolean => isWanted(inForce(), adminChannel);
  return {
    posted(channel, outcome) {
      if (LOST.includes(outcome)) lost++;
      watch?.posted(channel, outcome);
    },
    async tally() {
      if (!isTold()) return null;
      const { filters, watches } = inForce();
      const names = [...filters.filter(hasRules), ...watches.filter(hasSentences)].map(({ name }) => name);
      const tally = tallyInUse(names, deps).catch(() => null);
      return (await isDoneWithin(TALLY_MS, tally, deps)) ? tally : null;
    },
    takeLost() {
      const taken = lost;
      lost = 0;
      return isTold() ? taken : null;
    },
  };
}
