import { orderKey } from '../forming/around.ts';
import type { KeptMessage, KeptTelling, OpenChannel } from '../../../ports/alerting/outbox.ts';
import type { Scope } from '../../../ports/scope.ts';
import type { Held } from './lease.ts';
import { post, type Posted } from './post.ts';
import { postOutcome } from './post-outcome.ts';
import type { InUse, RelayParts } from './relay-parts.ts';
import { isUnknown, repeatAt, type Repeater } from './unknown-fate.ts';

/** What came of the messages of a channel. */
export interface WorkedOff {
  /** That were posted, or need no more, as they are now. */
  readonly done: readonly KeptMessage[];
  /** That could have gone. */
  readonly left: number;
  /** Another server has taken the channel over. */
  readonly isLost: boolean;
}

export interface ToSend extends InUse, Pick<OpenChannel, 'messages' | 'tellings' | 'askedUntil'> {}

/** So many messages in a row that it does not take are enough for one pass. */
const FAILURES = 2;

interface Around {
  readonly parts: RelayParts;
  readonly scope: Scope;
  /** Nothing is begun after that, epoch ms. */
  readonly until: number;
  readonly sure: number;
}

/**
 * Posts what is due, in order, while there is time. A message waits for those before it that speak of the same: they
 * may be tried later.
 */
export async function workOff(send: ToSend, held: Held, around: Around): Promise<WorkedOff> {
  const { parts, scope, until } = around;
  const subjects = subjectsOf(send.tellings);
  const gone = await goneOwners(send, parts);
  const blocked = new Set<string>();
  const done: KeptMessage[] = [];
  let [failures, left, notBefore] = [0, 0, send.askedUntil];
  const queue = [...send.messages];
  for (const kept of queue) {
    const own = subjects.get(kept.message.id) ?? [];
    const dueAt = dueAtOf(kept, send, { owner: parts.owner, isGone: (owner) => gone.has(owner) });
    const isDue = dueAt <= parts.now() && !own.some((subject) => blocked.has(subject));
    const mayGo = failures < FAILURES && parts.now() < until && !scope.signal.aborted;
    const isWanted = notBefore <= parts.now();
    if (isDue && isWanted && !mayGo) left++;
    let now: KeptMessage | null = kept;
    if (dueAt === Infinity) now = await over(kept, held, parts);
    else if (isDue && !isWanted) now = await waiting(kept, notBefore, held);
    else if (isDue && mayGo) {
      const posted = await post(kept, send.channel, held, around);
      failures = failuresAfter(failures, posted);
      if (posted !== null) notBefore = Math.max(notBefore, posted.kept.askedUntil ?? 0);
      queue.push(...(await following(posted, queue, parts)));
      now = posted?.kept ?? null;
    }
    if (now === null) return { done, left, isLost: true };
    if (now !== kept) done.push(now);
    if (now.nextAt !== Infinity) for (const subject of own) blocked.add(subject);
  }
  return { done, left, isLost: false };
}

/** What a post is to be followed by, as it is kept, unless its turn comes anyway. */
async function following(
  posted: Posted | null,
  queue: readonly KeptMessage[],
  { outbox }: RelayParts,
): Promise<readonly KeptMessage[]> {
  const id = posted?.followedBy ?? null;
  if (id === null || queue.some(({ message }) => message.id === id)) return [];
  return outbox.listed({ id, fates: ['pending'], limit: 1 });
}

function dueAtOf(kept: KeptMessage, { channel: { repeatSafe } }: InUse, by: Omit<Repeater, 'repeatSafe'>): number {
  return isUnknown(kept) ? Math.max(kept.nextAt, repeatAt(kept, { ...by, repeatSafe })) : kept.nextAt;
}

/** Of others who left something that may have been taken, those who will not come back to it. */
async function goneOwners({ messages }: ToSend, { owner, isGone }: RelayParts): Promise<ReadonlySet<string>> {
  const others = new Set(messages.filter(isUnknown).flatMap((kept) => kept.owner ?? []));
  others.delete(owner);
  const gone = new Set<string>();
  for (const other of others) if (await isGone(other)) gone.add(other);
  return gone;
}

/** It was repeated once, and what became of that is not known either. */
async function over(kept: KeptMessage, held: Held, { posted }: RelayParts): Promise<KeptMessage | null> {
  const now: KeptMessage = { ...kept, fate: 'uncertain', isPosting: false, nextAt: Infinity };
  posted?.(kept.channel, postOutcome(now));
  return (await held.note(now)) ? now : null;
}

/** The vendor wants nothing before that instant. */
async function waiting(kept: KeptMessage, nextAt: number, held: Held): Promise<KeptMessage | null> {
  const now = { ...kept, nextAt: Math.max(kept.nextAt, nextAt) };
  return (await held.note(now)) ? now : null;
}

function failuresAfter(failures: number, posted: Posted | null): number {
  if (posted === null || posted.kept.fate === 'sent') return 0;
  return posted.kept.askedUntil === undefined ? failures + 1 : FAILURES;
}

function subjectsOf(tellings: readonly KeptTelling[]): ReadonlyMap<string, readonly string[]> {
  const subjects = new Map<string, string[]>();
  for (const telling of tellings) {
    const id = telling.messageId ?? '';
    const known = subjects.get(id);
    if (known === undefined) subjects.set(id, [orderKey(telling)]);
    else known.push(orderKey(telling));
  }
  return subjects;
}
