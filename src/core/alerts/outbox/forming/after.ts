import type { Rule } from '../../../model/alerting/rule.ts';
import { DAY_MS } from '../../../model/window.ts';
import type { KeptTelling, OpenChannel } from '../../../ports/alerting/outbox.ts';
import { countText, lengthText } from '../../judge/parts/words.ts';
import { type Around, orderKey, ruleKey } from './around.ts';

/** So long it is waited for enough events of an issue, ms. */
const WAIT_MS = 14 * DAY_MS;

/** How the reason of what waits for events begins; all else that waits has another one. */
const WAITS = 'waits for events: ';

/** Whether it waits for events. */
export function isShort({ fate, reason }: Pick<KeptTelling, 'fate' | 'reason'>): boolean {
  return fate === 'grouped' && reason?.startsWith(WAITS) === true;
}

/** What a telling waits for at a channel that makes tickets. */
export interface Wait extends NonNullable<Rule['after']> {
  /** Of the telling. */
  readonly key: string;
  readonly filter: string;
  /** Id of the issue. */
  readonly issue: string;
  /** Start of the window that it was decided by, epoch ms: only spans that end later count. */
  readonly since: number;
}

type Waiting = Pick<Around, 'rules' | 'channel'> & Pick<OpenChannel, 'tellings' | 'told'>;

/**
 * Tellings of issues that are to have a ticket only when they have so many events. What waits for something else, or is
 * in a message, had them; and of what the channel was told, or of what was over before it was, nothing waits. NOTE: how
 * often it happened is known for two days alone, and a mute may last for longer.
 */
export function waitsIn({ tellings, told, rules, channel }: Waiting): readonly Wait[] {
  if (channel.isTracker !== true) return [];
  const over = new Set(tellings.flatMap(({ news, alert }) => (news === 'resolved' ? alert.id : [])));
  const waiting = tellings.filter((telling) => {
    const { fate, messageId, alert } = telling;
    const isOpen = messageId === null && (fate === 'pending' || isShort(telling));
    return isOpen && !told.has(alert.id) && !over.has(alert.id);
  });
  return waiting.flatMap(({ key, alert, rule, window }) => {
    const { filter, subject } = alert;
    const after = rules.get(ruleKey({ filter, rule }))?.after;
    if (after === undefined || subject.kind !== 'issue') return [];
    return [{ ...after, key, filter, issue: subject.id, since: window }];
  });
}

interface AfterHold {
  readonly fate: 'grouped' | 'dropped';
  readonly reason: string;
}

/** By key of a telling, why it does not get its ticket yet, or at all. */
export type AfterHolds = ReadonlyMap<string, AfterHold>;

/** `counts`: by key of the telling, the most events of its issue in any span that ended since. */
export function afterHolds(
  open: Waiting,
  { counts, now }: { readonly counts: ReadonlyMap<string, number>; readonly now: number },
): AfterHolds {
  const byKey = new Map(open.tellings.map((telling) => [telling.key, telling]));
  const short = waitsIn(open).filter(({ key, count }) => (counts.get(key) ?? 0) < count);
  const newest = new Map(short.map(({ key }) => [orderKey(byKey.get(key)!), key]));
  return new Map(
    short.map((wait) => {
      const telling = byKey.get(wait.key)!;
      const isLast = telling.news !== 'told' || newest.get(orderKey(telling)) === wait.key;
      return [wait.key, holdOf(wait, counts.get(wait.key), isLast, now - telling.decidedAt)];
    }),
  );
}

function holdOf({ count, spanMs }: Wait, events: number | undefined, isLast: boolean, ageMs: number): AfterHold {
  const span = lengthText(spanMs);
  if (ageMs > WAIT_MS)
    return { fate: 'dropped', reason: `no ticket: it had no ${countText(count, 'event')} in ${span} within 14 days` };
  if (!isLast) return { fate: 'dropped', reason: 'a later alert of the issue waits in its place' };
  const said = events === undefined ? `${count} in ${span}` : `${events} of ${count} in ${span} so far`;
  return { fate: 'grouped', reason: `${WAITS}${said}` };
}
