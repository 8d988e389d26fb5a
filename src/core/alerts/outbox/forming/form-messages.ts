import type { Message } from '../../../model/alerting/message.ts';
import type { Mute } from '../../../model/alerting/rule.ts';
import type { ChannelPolicy } from '../../../ports/alerting/channel.ts';
import type { Formed, KeptMessage, KeptTelling, OpenChannel } from '../../../ports/alerting/outbox.ts';
import { afterHolds } from './after.ts';
import { type Around, orderKey, ruleKey } from './around.ts';
import { ration, roomIn } from './budget.ts';
import { deployOf } from './deploys.ts';
import { entriesOf, type Entry, isEnd, isOverUnheard } from './entries.ts';
import { goneThrough } from './gone-through.ts';
import { type Group, groupsOf, type Loose } from './groups.ts';
import { type Hold, holdOf } from './hold.ts';
import { outlived } from './outlived.ts';

/**
 * What is told now, in which messages, and what each other telling waits for. Pure. Every telling is in exactly one
 * message, or in none with a reason. Messages that nobody took are formed anew with what came since; those of which
 * that is not known stay as they are, and what follows them waits.
 */
export function formMessages(open: OpenChannel, policy: ChannelPolicy, mutes: readonly Mute[], around: Around): Formed {
  const loose = new Map(open.messages.filter(isLoose).map((message) => [message.message.id, message]));
  const afters = afterHolds({ ...around, ...open }, { counts: around.counts ?? new Map(), now: around.now });
  const { free, held } = sorted(open, new Set(loose.keys()), (telling) =>
    holdOf(telling, policy, mutes, { ...around, ...open, afters }),
  );
  const { isPerSubject, maxBytes } = around.channel;
  const { entries, over } = unheard(entriesIn(free, open, around), open.told, isPerSubject);
  const room = roomIn(policy, open, isLoose, around);
  const groups = groupsOf(entries, loose, around);
  // An end wakes nobody, and one that waited would leave somebody awake.
  const isFree = (group: Group): boolean => isPerSubject && group.entries.every(isEnd);
  const { groups: told, waiting } = ration(
    groups.filter((group) => !isFree(group)),
    room,
    maxBytes,
  );
  const made = [...groups.filter(isFree), ...told].map((group) =>
    messageOf(group, loose, policy.name, { open, ...around }),
  );
  const holds = new Map(held);
  for (const { tellings } of waiting) for (const { key } of tellings) holds.set(key, budgetHold(policy));
  for (const { tellings } of over) for (const { key } of tellings) holds.set(key, OVER);
  return formedOf(open, made, outlived(holds, open.tellings, around), loose);
}

function entriesIn(free: readonly KeptTelling[], { told }: OpenChannel, around: Around): readonly Entry[] {
  return entriesOf(free, told, (telling) => deployOf(telling, around));
}

interface Made {
  readonly kept: KeptMessage;
  readonly tellings: readonly KeptTelling[];
}

const OVER: Hold = { fate: 'dropped', reason: 'it was over before this channel could be told of it' };

function budgetHold({ budget }: ChannelPolicy): Hold {
  const minutes = (budget?.perMs ?? 0) / 60_000;
  return { fate: 'grouped', reason: `waits: the budget of ${budget?.count} messages in ${minutes} minutes is used up` };
}

/** Certainly nobody took it, so nothing stands in the way of saying it otherwise. */
function isLoose({ fate, isPosting, message }: KeptMessage): boolean {
  const isOwn = message.copyOf === undefined;
  return fate === 'pending' && isOwn && !isPosting && !message.mayRepeat && message.alerts.length > 0;
}

/** What may be told now, and what holds the others. What lies in a message that may have been taken is neither. */
function sorted(
  { tellings }: OpenChannel,
  loose: ReadonlySet<string>,
  judge: (telling: KeptTelling) => Hold | null,
): { readonly free: readonly KeptTelling[]; readonly held: readonly (readonly [string, Hold])[] } {
  const under = new Set<string>();
  const free: KeptTelling[] = [];
  const held: (readonly [string, Hold])[] = [];
  for (const telling of tellings) {
    const order = orderKey(telling);
    if (telling.messageId !== null && !loose.has(telling.messageId)) {
      under.add(order);
      continue;
    }
    const hold = under.has(order) ? BEHIND : judge(telling);
    if (hold === null) free.push(telling);
    else held.push([telling.key, hold]);
  }
  return { free, held };
}

const BEHIND: Hold = { fate: 'pending', reason: 'waits for the message before it, of which nothing is known yet' };

/** A pager has no use for what is over before it rang. */
function unheard(entries: readonly Entry[], told: ReadonlySet<string>, isPerSubject: boolean) {
  const isOver = (entry: Entry): boolean => isPerSubject && isOverUnheard(entry, told);
  return { entries: entries.filter((entry) => !isOver(entry)), over: entries.filter(isOver) };
}

function messageOf(group: Group, loose: Loose, channel: string, around: Around & { readonly open: OpenChannel }): Made {
  const tellings = group.entries.flatMap((entry) => entry.tellings);
  const before = [...new Set(tellings.flatMap(({ messageId }) => loose.get(messageId ?? '') ?? []))];
  const same = before.length === 1 ? before[0]! : undefined;
  if (same !== undefined && isSame(same, tellings, around.open)) return { kept: same, tellings };
  const { now } = around;
  const kept: KeptMessage = {
    ...goneThrough(before, tellings, now),
    message: contentOf(group, around),
    channel,
    createdAt: now,
    fate: 'pending',
    isPlain: false,
    isPosting: false,
    owner: null,
    postedAt: null,
    ref: null,
    leftOut: 0,
  };
  return { kept, tellings };
}

/** It holds just these. */
function isSame({ message }: KeptMessage, tellings: readonly KeptTelling[], open: OpenChannel): boolean {
  const size = open.tellings.filter(({ messageId }) => messageId === message.id).length;
  return size === tellings.length && tellings.every(({ messageId }) => messageId === message.id);
}

function contentOf(group: Group, { now, rules, server, open, createId }: Around & { open: OpenChannel }): Message {
  const alerts = group.entries.toSorted((one, other) => one.rank - other.rank || one.at - other.at);
  const places = alerts.map(({ alert, tellings }) => {
    const where = rules.get(ruleKey({ filter: alert.filter, rule: tellings[0]!.rule }))?.where ?? '';
    return [alert.id, where] as const;
  });
  return {
    id: createId(),
    type: 'alerts',
    sentAt: new Date(now).toISOString(),
    alerts: alerts.map(({ alert }) => alert),
    lines: group.lines,
    collects: group.collects,
    mayRepeat: false,
    thread: threadOf(group, open),
    server,
    places: Object.fromEntries(places.filter(([, where]) => where !== '')),
  };
}

/** News of what one message told goes below it; what got worse, or is new, does not hide there. */
function threadOf({ entries }: Group, { threads }: OpenChannel): string | null {
  const refs = new Set(entries.map(({ alert }) => threads.get(alert.id)));
  const [ref] = refs;
  const isQuieter = entries.every(({ tellings }) => tellings.every(({ news }) => BELOW.has(news)));
  return refs.size === 1 && ref !== undefined && isQuieter ? ref : null;
}

const BELOW: ReadonlySet<KeptTelling['news']> = new Set(['repeat', 'changed', 'resolved', 'steady']);

/** Only what changes. */
function formedOf(open: OpenChannel, made: readonly Made[], holds: ReadonlyMap<string, Hold>, loose: Loose): Formed {
  const places = new Map(made.flatMap(({ kept, tellings }) => tellings.map(({ key }) => [key, kept.message.id])));
  const tellings = open.tellings.flatMap((telling) => {
    const { key } = telling;
    const messageId = places.get(key);
    const hold = holds.get(key);
    if (messageId === undefined && hold === undefined) return [];
    const now = { key, fate: hold?.fate ?? 'pending', messageId: messageId ?? null, reason: hold?.reason ?? null };
    const isKnown = telling.fate === now.fate && telling.messageId === now.messageId && telling.reason === now.reason;
    return isKnown ? [] : [now];
  });
  const kept = new Set(made.map(({ kept: { message } }) => message.id));
  const replaced = [...loose.values()].filter(({ message }) => !kept.has(message.id));
  return {
    messages: [
      ...replaced.map((message): KeptMessage => ({ ...message, fate: 'grouped', nextAt: Infinity })),
      ...made.map((it) => it.kept).filter(({ message }) => !loose.has(message.id)),
    ],
    tellings,
  };
}
