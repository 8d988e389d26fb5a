import type { Channel, SendOutcome } from '../../../ports/alerting/channel.ts';
import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import { askedMs, GIVEN_UP_MS, waitAfter } from './retry.ts';

/** How it is with a message after a post, at `now`. */
interface After {
  readonly now: number;
  readonly repeatSafe: Channel['repeatSafe'];
  /** An earlier post may have been taken. */
  readonly wasUnknown: boolean;
  /** So late it is for sure, epoch ms. */
  readonly sure: number;
}

/** The message with what its post came to. */
export function afterPost(posted: KeptMessage, outcome: SendOutcome, after: After): KeptMessage {
  const { askedUntil: _before, ...kept } = { ...posted, isPosting: false };
  switch (outcome.status) {
    case 'accepted':
      return { ...kept, fate: 'sent', nextAt: Infinity, ref: outcome.ref ?? null, error: null };
    case 'refused':
      if (outcome.isText === true && !kept.isPlain)
        return { ...kept, fate: 'pending', isPlain: true, nextAt: after.now, error: outcome.why };
      return { ...kept, fate: 'refused', nextAt: Infinity, error: outcome.why };
    case 'retry': {
      const fate = after.wasUnknown && after.repeatSafe ? 'uncertain' : 'pending';
      const asked = askedMs(outcome);
      const told = asked === undefined ? kept : { ...kept, askedUntil: after.now + asked };
      return later({ ...told, fate, error: outcome.why }, waitAfter(kept.tries, outcome), after);
    }
    case 'uncertain': {
      const unknown = { ...kept, fate: 'uncertain', error: outcome.why } as const;
      if (after.repeatSafe) return later(unknown, waitAfter(kept.tries, { status: 'retry', why: '' }), after);
      return { ...unknown, nextAt: kept.message.mayRepeat ? Infinity : after.now };
    }
  }
}

function later(kept: KeptMessage, waitMs: number, { now, sure }: After): KeptMessage {
  if (sure - (kept.waitsSince ?? kept.createdAt) >= GIVEN_UP_MS) return { ...kept, fate: 'given up', nextAt: Infinity };
  return { ...kept, nextAt: now + waitMs };
}
