import { ENDS } from '../../../model/alerting/alert.ts';
import type { ChannelPolicy } from '../../../ports/alerting/channel.ts';
import type { KeptMessage, OpenChannel } from '../../../ports/alerting/outbox.ts';
import type { Around } from './around.ts';
import type { Entry } from './entries.ts';
import { collected, type Group, worstFirst } from './groups.ts';

/** What is told now, in its order, and what waits. */
export interface Rationed {
  readonly groups: readonly Group[];
  readonly waiting: readonly Entry[];
}

/**
 * Messages that may still be made, of a budget; Infinity: as many as there are. Those that nobody took have their
 * places back, as they are formed anew; those of unknown fate go once more, whenever that was. A pager's are counted
 * without those after which nobody has to do anything.
 */
export function roomIn(
  { budget }: ChannelPolicy,
  open: OpenChannel,
  isLoose: (kept: KeptMessage) => boolean,
  { now, channel: { isPerSubject } }: Pick<Around, 'now' | 'channel'>,
): number {
  if (budget === null) return Infinity;
  const isRecent = (at: number): boolean => at > now - budget.perMs;
  const ended = isPerSubject ? open.endedAt.filter(isRecent).length : 0;
  const recent = open.createdAt.filter(isRecent).length - ended;
  const ends = isPerSubject ? endsIn(open) : new Set<string>();
  const counted = open.messages
    .filter(({ message }) => !ends.has(message.id))
    .map((kept) => ({ isLoose: isLoose(kept), isRecent: isRecent(kept.postedAt ?? kept.createdAt) }));
  const free = counted.filter((it) => it.isLoose && it.isRecent).length;
  const owed = counted.filter((it) => !it.isLoose && !it.isRecent).length;
  return Math.max(0, budget.count - recent + free - owed);
}

/** Ids of messages that tell only that something is over. */
function endsIn({ tellings }: OpenChannel): ReadonlySet<string> {
  const all = Map.groupBy(tellings, ({ messageId }) => messageId);
  const ends = [...all].filter(([, own]) => own.every(({ news }) => ENDS.includes(news)));
  return new Set(ends.flatMap(([id]) => id ?? []));
}

/**
 * Each group is a message while there is room, the worst first; the last message has all the others. What was tried
 * before has its room already.
 */
export function ration(groups: readonly Group[], room: number, maxBytes: number = Infinity): Rationed {
  const cut = (group: Group): readonly Group[] => piecesOf(group, maxBytes);
  const tried = groups.filter(({ isTried }) => isTried).flatMap(cut);
  const fresh = inOrder(groups.filter(({ isTried }) => !isTried));
  const told = filled(fresh, Math.max(0, room - tried.length), cut);
  return { groups: inOrder([...tried, ...told.groups]), waiting: told.waiting };
}

function filled(all: readonly Group[], room: number, cut: (group: Group) => readonly Group[]): Rationed {
  const whole = all.flatMap(cut);
  if (whole.length <= room) return { groups: whole, waiting: [] };
  for (let alone = Math.min(all.length, room) - 1; alone >= 0; alone--) {
    const some = [...all.slice(0, alone), collected(all.slice(alone))].flatMap(cut);
    if (some.length <= room) return { groups: some, waiting: [] };
  }
  const pieces = cut(collected(all));
  return { groups: pieces.slice(0, room), waiting: pieces.slice(room).flatMap(({ entries }) => entries) };
}

/** The worst first, but nothing before what came before it of the same subject. */
function inOrder(groups: readonly Group[]): readonly Group[] {
  const worst = (group: Group): Entry => group.entries.toSorted(worstFirst)[0]!;
  const turn = ({ isFirst }: Group): number => (isFirst === true ? 0 : 1);
  const sorted = groups.toSorted((one, other) => turn(one) - turn(other) || worstFirst(worst(one), worst(other)));
  const holders = Map.groupBy(
    sorted.flatMap((group) => group.entries.map((entry) => ({ group, entry }))),
    ({ entry }) => entry.order,
  );
  const placed = new Set<Group>();
  const place = (group: Group, trail: readonly Group[]): void => {
    if (placed.has(group) || trail.includes(group)) return;
    for (const { order, at } of group.entries)
      for (const earlier of holders.get(order)!) if (earlier.entry.at < at) place(earlier.group, [...trail, group]);
    placed.add(group);
  };
  for (const group of sorted) place(group, []);
  return [...placed];
}

/** Messages of at most so many bytes; an alert that is larger alone has one of its own. */
function piecesOf(group: Group, maxBytes: number): readonly Group[] {
  const pieces: Entry[][] = [];
  let bytes = 0;
  for (const entry of group.entries) {
    bytes += entry.bytes;
    if (pieces.length === 0 || bytes > maxBytes) {
      pieces.push([]);
      bytes = entry.bytes;
    }
    pieces.at(-1)!.push(entry);
  }
  return pieces.map((entries) => ({ ...group, entries }));
}
