import { headOf } from '../../alerts/words/head.ts';
import type { KeptMessage } from '../../ports/alerting/outbox.ts';
import { type ActDeps, type Done, keepDone } from './done.ts';

/** So long a channel is ours, ms. */
const LEASE_MS = 30_000;

/**
 * Puts a message that nobody took, or of which that is not known, back into its channel's queue: the next run sends it.
 * It keeps its id; one that may have been taken says that it may be a repeat.
 */
export async function sendAgain(
  { messageId, by }: { readonly messageId: string; readonly by: string },
  deps: ActDeps,
): Promise<Done> {
  const { outbox } = deps;
  const found = await messageOf(messageId, deps);
  if (found === undefined) return { fault: 'This message is not kept any more.' };
  const token = await outbox.lease(found.channel, LEASE_MS);
  if (token === null) return { fault: `${found.channel} is being worked on just now; try again in a minute.` };
  try {
    const kept = (await messageOf(messageId, deps)) ?? found;
    if (!mayGoAgain(kept)) return { fault: 'This message was sent, or waits to be: there is nothing to repeat.' };
    if (!(await outbox.note(kept.channel, token, fresh(kept, deps.now()))))
      return { fault: `${kept.channel} was taken over by another server; try again in a minute.` };
    const text = `${headOf(kept.message)}, by ${kept.channel}`;
    return await keepDone({ kind: 'send again', by, target: messageId, text }, deps);
  } finally {
    await outbox.release(found.channel, token);
  }
}

/** Undefined: there is none. */
export async function messageOf(id: string, { outbox }: Pick<ActDeps, 'outbox'>): Promise<KeptMessage | undefined> {
  return (await outbox.listed({ id, limit: 1 }))[0];
}

/** Its fate is final, and is not that it was taken. */
function mayGoAgain({ fate, nextAt }: KeptMessage): boolean {
  return fate === 'refused' || fate === 'given up' || (fate === 'uncertain' && nextAt === Infinity);
}

function fresh(kept: KeptMessage, now: number): KeptMessage {
  const mayRepeat = kept.message.mayRepeat || kept.fate === 'uncertain';
  return {
    ...kept,
    message: { ...kept.message, mayRepeat },
    createdAt: now,
    fate: 'pending',
    tries: 0,
    nextAt: now,
    isPlain: false,
    isPosting: false,
    error: null,
  };
}
