import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import type { PostOutcome } from '../../../ports/alerting/tally.ts';

/** What a message came to, as it is kept after a post. An unknown fate counts once it is final. */
export function postOutcome({ fate, nextAt }: Pick<KeptMessage, 'fate' | 'nextAt'>): PostOutcome {
  if (fate === 'sent' || fate === 'refused') return fate;
  if (fate === 'given up') return 'given_up';
  return fate === 'uncertain' && nextAt === Infinity ? 'uncertain' : 'retry';
}
