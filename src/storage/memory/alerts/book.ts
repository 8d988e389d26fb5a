import type { Action } from '../../../core/model/alerting/action.ts';
import type { Telling } from '../../../core/model/alerting/alert.ts';
import type { Deploy } from '../../../core/model/alerting/deploy.ts';
import type { Mute } from '../../../core/model/alerting/rule.ts';
import { DAY_MS, HOUR_MS } from '../../../core/model/window.ts';
import {
  type Decided,
  type FilterHead,
  type KeptAlert,
  type KeptState,
  type Told,
  toldName,
} from '../../../core/ports/alerting/alert-store.ts';
import type { KeptMessage, KeptTelling } from '../../../core/ports/alerting/outbox.ts';
import { checkpointsOf, hourOf, STATES_MS } from '../../alerts/checkpoints.ts';
import type { Journal } from './turns.ts';

/** How long is remembered who was told of what, ms. */
const TOLD_MS = 180 * DAY_MS;
/** Bound on memory: beyond it the oldest go first. */
const MOST_TOLD = 100_000;
/** Between two times that what is too old is looked for, ms. */
const FORGET_EVERY_MS = HOUR_MS;

/** Who has a channel, and how its last posts went. */
export interface ChannelEntry {
  readonly token: string;
  /** Epoch ms; 0: nobody has it. */
  readonly until: number;
  readonly lastSuccess: number | null;
  readonly lastError: string | null;
}

/** What rules came to, and what is to be told of it. */
export interface Book {
  readonly heads: Map<string, FilterHead>;
  readonly states: Map<string, readonly KeptState[]>;
  readonly alerts: Map<string, KeptAlert>;
  readonly told: Map<string, Told>;
  /** In the order in which they were decided. */
  readonly tellings: Map<string, KeptTelling>;
  readonly messages: Map<string, KeptMessage>;
  readonly channels: Map<string, ChannelEntry>;
  readonly mutes: Map<string, Mute>;
  readonly deploys: Map<string, Deploy>;
  readonly actions: Map<string, Action>;
  write(decided: Decided, journal: Journal): void;
}

/** `messagesMs`: so long messages and what was told are kept. */
export function openBook(now: () => number, messagesMs: number): Book {
  let forgotten = now();
  const book: Book = {
    heads: new Map(),
    states: new Map(),
    alerts: new Map(),
    told: new Map(),
    tellings: new Map(),
    messages: new Map(),
    channels: new Map(),
    mutes: new Map(),
    deploys: new Map(),
    actions: new Map(),
    write({ heads, states, alerts, tellings, told }, journal) {
      for (const { filter, ...head } of heads) journal.set(book.heads, filter, head);
      for (const [filter, some] of Map.groupBy(states, (it) => it.filter))
        journal.set(book.states, filter, withStates(book.states.get(filter) ?? [], some));
      for (const kept of alerts) journal.set(book.alerts, kept.alert.id, kept);
      for (const telling of tellings)
        if (!book.tellings.has(telling.key)) journal.set(book.tellings, telling.key, untold(telling));
      for (const it of told) {
        const at = Math.max(it.at, book.told.get(toldName(it))?.at ?? 0);
        journal.set(book.told, toldName(it), { ...it, at });
      }
      if (now() - forgotten < FORGET_EVERY_MS) return;
      forgotten = now();
      forget(book, { messages: now() - messagesMs, told: now() - TOLD_MS }, journal);
    },
  };
  return book;
}

/** Whether something is to be done with it yet. */
export function isOpen({ messageId, fate }: KeptTelling): boolean {
  return messageId === null && HELD.has(fate);
}

/** Fates that a telling without a message goes on from. */
const HELD: ReadonlySet<string> = new Set(['pending', 'muted', 'quiet', 'grouped']);

/** Whether it may be posted yet. */
export function isOpenMessage({ fate, nextAt }: KeptMessage): boolean {
  return (fate === 'pending' || fate === 'uncertain') && nextAt < Infinity;
}

function untold(telling: Telling): KeptTelling {
  return { ...telling, fate: 'pending', messageId: null, reason: null };
}

function withStates(known: readonly KeptState[], states: readonly KeptState[]): readonly KeptState[] {
  const fresh = checkpointsOf(states.map(({ window, state }) => ({ window, state })));
  const from = hourOf(Math.min(...states.map(({ window }) => window)));
  const newest = fresh.at(-1)!.window;
  return [...known.filter(({ window }) => window < from && window >= newest - STATES_MS), ...fresh];
}

/** `before`: instants, epoch ms. */
function forget(
  book: Book,
  { messages: before, told }: { readonly messages: number; readonly told: number },
  journal: Journal,
): void {
  for (const [id, { until }] of book.alerts) if (until !== null && until < before) journal.delete(book.alerts, id);
  for (const [key, it] of book.tellings)
    if (it.decidedAt < before && !isWaiting(book, it)) journal.delete(book.tellings, key);
  for (const [id, it] of book.messages)
    if (it.createdAt < before && !isOpenMessage(it)) journal.delete(book.messages, id);
  for (const [id, { at, kind, target }] of book.actions) {
    const lasts = kind === 'acknowledge' && book.alerts.get(target)?.until === null;
    if (at < before && !lasts) journal.delete(book.actions, id);
  }
  let excess = book.told.size - MOST_TOLD;
  for (const [key, { at }] of book.told) if (excess-- > 0 || at < told) journal.delete(book.told, key);
}

function isWaiting(book: Book, telling: KeptTelling): boolean {
  const message = telling.messageId === null ? undefined : book.messages.get(telling.messageId);
  return isOpen(telling) || (message !== undefined && isOpenMessage(message));
}
