import { isQuiet } from '../../alerts/outbox/forming/quiet.ts';
import type { InUse } from '../../alerts/outbox/relay.ts';
import { isoOf } from '../../model/window.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import { morningBefore } from './morning.ts';
import { proofMessage } from './proof-message.ts';

export interface ProofDeps {
  readonly outbox: Pick<Outbox, 'post'>;
  now(): number;
  readonly server: string;
}

/** Posts the proofs that are due to channels. */
export type PostProofs = (channels: ReadonlyMap<string, InUse>) => Promise<void>;

/**
 * Each channel that wants a proof gets one in a day or a week, whatever server is first: it has the same id on all of
 * them, and a message is kept once. One that is due in quiet hours waits for their end.
 */
export function createProofs({ outbox, now, server }: ProofDeps): PostProofs {
  /** By channel, the last one that this process has seen to. */
  const seen = new Map<string, number>();
  return async (channels) => {
    for (const [name, { policy }] of channels) {
      const { proof, quiet } = policy;
      if (proof === undefined || (quiet !== null && isQuiet(quiet, now()))) continue;
      const slot = morningBefore(proof, now());
      if (seen.get(name) === slot) continue;
      await outbox.post(name, proofMessage(name, isoOf(slot), { now: now(), server }), now());
      seen.set(name, slot);
    }
  };
}
