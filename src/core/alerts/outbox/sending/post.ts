import type { Fitted } from '../../../model/alerting/message.ts';
import { faultOf } from '../../../model/errors.ts';
import type { Channel, SendOutcome } from '../../../ports/alerting/channel.ts';
import type { KeptMessage } from '../../../ports/alerting/outbox.ts';
import type { Scope } from '../../../ports/scope.ts';
import { afterPost } from './after-post.ts';
import { copiesOf } from '../forming/copies.ts';
import type { Held } from './lease.ts';
import type { RelayParts } from './relay-parts.ts';
import { postOutcome } from './post-outcome.ts';
import { pictureAfter } from './picture.ts';
import { isUnknown } from './unknown-fate.ts';

/** What a post came to; null: the channel was taken over. */
export interface Posted {
  readonly kept: KeptMessage;
  /** Id of what is to follow it, which is stored; null: nothing. */
  readonly followedBy: string | null;
}

/**
 * One message to its channel: noted before, so that a server that dies leaves no doubt that there is one, and after. A
 * text that the vendor cannot read goes once more, plain.
 */
export async function post(
  kept: KeptMessage,
  channel: Channel,
  held: Held,
  around: { readonly parts: RelayParts; readonly scope: Scope; readonly sure: number },
): Promise<Posted | null> {
  const { parts, scope, sure } = around;
  const wasUnknown = isUnknown(kept);
  const message = wasUnknown && !channel.repeatSafe ? { ...kept.message, mayRepeat: true } : kept.message;
  const fitted = fitOf(channel, { ...kept, message });
  // NOTE: before it is noted that it was posted: a server that dies in between posts it again, and copies are known.
  for (const copy of copiesOf(kept, channel)) await parts.outbox.post(copy.channel, copy.message, parts.now());
  const posted = await begun({ ...kept, message, leftOut: fitted?.leftOut ?? 0 }, held, parts);
  if (posted === null) return null;
  const outcome = await outcomeOf(channel, fitted, posted, scope);
  const after = { now: parts.now(), repeatSafe: channel.repeatSafe, wasUnknown, sure };
  const result = afterPost(posted, outcome, after);
  parts.posted?.(channel.name, postOutcome(result));
  const follows = pictureAfter(result, channel);
  // NOTE: before the message itself is noted: a server that dies in between leaves both, and not a message alone.
  if (follows !== null) await parts.outbox.post(channel.name, follows, after.now);
  if (!(await held.note(result))) return null;
  if (result.isPlain && !kept.isPlain) return post(result, channel, held, around);
  return { kept: result, followedBy: follows?.id ?? null };
}

async function begun(kept: KeptMessage, held: Held, { now, owner }: RelayParts): Promise<KeptMessage | null> {
  if (!(await held.renew())) return null;
  const posted = { ...kept, tries: kept.tries + 1, isPosting: true, owner, postedAt: now() };
  return (await held.note(posted)) ? posted : null;
}

/** Null: it breaks on this message, which is our fault. */
function fitOf(channel: Channel, { message, isPlain }: KeptMessage): Fitted | null {
  try {
    return channel.fit(message, isPlain ? 'plain' : 'rich');
  } catch {
    return null;
  }
}

async function outcomeOf(
  channel: Channel,
  fitted: Fitted | null,
  { message }: KeptMessage,
  scope: Scope,
): Promise<SendOutcome> {
  if (fitted === null)
    return { status: 'refused', isText: true, why: `${channel.name}: internal error: the message cannot be written` };
  try {
    return await channel.send(fitted, message, scope);
  } catch (error) {
    return { status: 'uncertain', why: `${channel.name}: ${faultOf(error).message}` };
  }
}
