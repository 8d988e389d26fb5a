import { isQuiet } from '../../alerts/outbox/forming/quiet.ts';
import type { InUse } from '../../alerts/outbox/relay.ts';
import { DAY_MS, HOUR_MS, isoOf } from '../../model/window.ts';
import type { Proof } from '../../ports/alerting/channel.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
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
      const slot = slotOf(proof, now());
      if (seen.get(name) === slot) continue;
      await outbox.post(name, proofMessage(name, isoOf(slot), { now: now(), server }), now());
      seen.set(name, slot);
    }
  };
}

/** A Monday at eight in the morning, UTC. */
const FIRST = Date.UTC(2024, 0, 1) + 8 * HOUR_MS;

/** Since when a proof is due, epoch ms: the last Monday, or day, at eight in the morning, UTC. */
function slotOf(proof: Proof, now: number): number {
  const lengthMs = proof === 'weekly' ? 7 * DAY_MS : DAY_MS;
  return FIRST + Math.floor((now - FIRST) / lengthMs) * lengthMs;
}
