import { faultOf } from '../../core/model/errors.ts';
import type { Channel, SendOutcome } from '../../core/ports/alerting/channel.ts';
import { proofMessage } from '../../core/telling/own/proof-message.ts';
import type { Program } from '../assemble.ts';
import type { World } from '../world.ts';

/** For one message, ms. */
const LIMIT_MS = 60_000;

/** Sends a message that says that it is a test, at once and past the ledger. Never rejects. */
export async function sendProof(
  channel: Channel,
  openScope: Program['openScope'],
  { now, uuid, server }: Pick<World, 'now' | 'uuid' | 'server'>,
): Promise<SendOutcome> {
  const scope = openScope('channels test', LIMIT_MS);
  try {
    const message = proofMessage(channel.name, uuid(), { now: now(), server });
    await channel.ready?.();
    return await channel.send(channel.fit(message, 'rich'), message, scope);
  } catch (error) {
    return { status: 'uncertain', why: faultOf(error).message };
  } finally {
    scope.close();
  }
}
