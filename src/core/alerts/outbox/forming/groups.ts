import type { Message } from '../../../model/alerting/message.ts';
import type { KeptMessage, KeptTelling } from '../../../ports/alerting/outbox.ts';
import type { Around } from './around.ts';
import { deployText } from './deploys.ts';
import type { Entry } from './entries.ts';
import { everywhereIn } from './everywhere.ts';

/** Entries that are one message. */
export interface Group {
  readonly collects: Message['collects'];
  readonly entries: readonly Entry[];
  /** What is to be said before them. */
  readonly lines: readonly string[];
  /**
   * It was tried before and is formed no further: what a channel cannot take for some reason of its own must not take
   * others along.
   */
  readonly isTried: boolean;
  /** It explains the others, and goes before them. */
  readonly isFirst?: true;
}

/** More filters than these in one go are one message. */
const MOST_FILTERS = 3;

/** By id, messages that nobody took. */
export type Loose = ReadonlyMap<string, KeptMessage>;

type Grouping = Pick<Around, 'channel' | 'rules'>;

/** One message for each filter and window, and for what was held back or comes late; in the order of the entries. */
export function groupsOf(entries: readonly Entry[], loose: Loose, around: Grouping): readonly Group[] {
  const tried = Map.groupBy(entries, (entry) => triedIn(entry, loose));
  return [
    ...[...tried].flatMap(([kept, some]) => (kept === undefined ? [] : [triedGroup(kept, some, loose)])),
    ...newGroups(tried.get(undefined) ?? [], loose, around),
  ];
}

/** The message that a part of it was tried in. */
function triedIn({ tellings }: Entry, loose: Loose): KeptMessage | undefined {
  return tellings
    .map(({ messageId }) => loose.get(messageId ?? ''))
    .find((kept) => kept !== undefined && kept.tries > 0);
}

function triedGroup({ message: { collects } }: KeptMessage, entries: readonly Entry[], loose: Loose): Group {
  const isLate = entries.every(({ alert }) => alert.late);
  return { collects: collects ?? (isLate ? 'late' : null), entries, lines: linesOf(entries, loose), isTried: true };
}

function newGroups(
  entries: readonly Entry[],
  loose: Loose,
  { channel: { isPerSubject }, rules }: Grouping,
): readonly Group[] {
  const by = (some: readonly Entry[], keyOf: (entry: Entry) => string, collects: Group['collects']): readonly Group[] =>
    [...Map.groupBy(some, keyOf).values()].map((all) => ({
      collects,
      entries: all,
      lines: linesOf(all, loose),
      isTried: false,
    }));
  if (isPerSubject) return by(entries, ({ order, steadiness }) => `${steadiness} ${order}`, null);
  const kinds = Map.groupBy(entries, (entry) => kindOf(entry, loose));
  const some = (kind: Kind): readonly Entry[] => kinds.get(kind) ?? [];
  const { together, rest: single } = everywhereIn(some('single'), rules);
  return [
    ...together.map(({ what, entries: all }): Group => {
      return { collects: what, entries: all, lines: linesOf(all, loose), isTried: false, isFirst: true };
    }),
    ...by(some('summary'), ({ tellings }) => `${tellings[0]!.alert.filter} ${tellings[0]!.summary}`, null),
    ...by(some('release'), ({ deploy }) => deploy!.id, 'release'),
    ...(['late', 'restored'] as const).flatMap((kind) =>
      by(some(kind), ({ alert }) => (areMany(some(kind)) ? '' : alert.filter), kind),
    ),
    ...(areMany(single)
      ? by(single, () => '', 'many')
      : by(single, ({ alert }) => `${alert.filter} ${alert.window.start}`, null)),
    ...(['quiet', 'muted', 'budget'] as const).flatMap((kind) => by(some(kind), () => kind, kind)),
  ];
}

type Kind = 'release' | 'summary' | 'late' | 'restored' | 'single' | 'quiet' | 'muted' | 'budget';
const HELD = ['quiet', 'muted', 'budget'] as const;

/** By what its tellings waited for last, now or before the message that nobody took, else by what they are. */
function kindOf({ alert, tellings, deploy }: Entry, loose: Loose): Kind {
  if (deploy !== undefined) return 'release';
  const reasons = new Set(tellings.map((telling) => heldBy(telling, loose)));
  const held = HELD.find((kind) => reasons.has(kind));
  if (held !== undefined) return held;
  if (tellings[0]!.summary !== null) return 'summary';
  if (alert.late) return 'late';
  return alert.state === 'firing' && tellings.some(({ news }) => news === 'restored') ? 'restored' : 'single';
}

function heldBy({ fate, messageId }: KeptTelling, loose: Loose): Message['collects'] {
  if (fate === 'quiet' || fate === 'muted') return fate;
  return fate === 'grouped' ? 'budget' : (loose.get(messageId ?? '')?.message.collects ?? null);
}

function areMany(entries: readonly Entry[]): boolean {
  return new Set(entries.map(({ alert }) => alert.filter)).size > MOST_FILTERS;
}

/** What held them back, and what sums them up; each once. */
function linesOf(entries: readonly Entry[], loose: Loose): readonly string[] {
  const tellings = entries.flatMap((entry) => entry.tellings);
  const before = tellings.flatMap(({ messageId }) => loose.get(messageId ?? '')?.message.lines ?? []);
  const held = tellings.filter(({ fate }) => fate === 'muted' || fate === 'quiet');
  const summaries = tellings.flatMap(({ summary }) => summary ?? []);
  const reasons = held.map(({ fate, reason }) => `held back: ${reason ?? fate}`);
  const releases = entries.flatMap(({ deploy }) => (deploy === undefined ? [] : [deployText(deploy)]));
  return [...new Set([...releases, ...before, ...summaries, ...reasons])];
}

/** One group of several, for which there is no room. */
export function collected(groups: readonly Group[]): Group {
  const entries = groups.flatMap((group) => group.entries).toSorted(worstFirst);
  return { collects: 'budget', entries, lines: [...new Set(groups.flatMap(({ lines }) => lines))], isTried: false };
}

/** Compares: the worst first, of two as bad the one that was decided first. */
export function worstFirst(one: Entry, other: Entry): number {
  return one.rank - other.rank || one.at - other.at;
}
