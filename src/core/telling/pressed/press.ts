import type { Alert } from '../../model/alerting/alert.ts';
import type { Message } from '../../model/alerting/message.ts';
import type { Mute } from '../../model/alerting/rule.ts';
import type { TicketSaid } from '../../model/ticketing/ticket.ts';
import type { Desk, Pressed, Presser } from '../../ports/alerting/desk.ts';
import type { KeptMessage, Outbox } from '../../ports/alerting/outbox.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Tickets } from '../../ports/tickets/tickets.ts';
import { fileTicket, saidOf } from '../acts/file-ticket.ts';
import { messageOf } from '../acts/send-again.ts';
import { BadWords } from '../asked/words.ts';
import { type MuteDeps, muteOnce } from '../mutes/mute-by.ts';
import { muteText } from '../../alerts/outbox/forming/mutes.ts';
import { whyNot } from './may.ts';
import { messageNow } from './message-now.ts';
import { muteWords, orderOf } from './words.ts';

/** What came of it. */
export type PressOutcome =
  /** `message`: what is to stand in the place of the one in which it was pressed. */
  | { readonly status: 'done'; readonly say: string; readonly message: Message; readonly channel: string }
  /** `say`: for who pressed. */
  | { readonly status: 'not done'; readonly say: string };

export interface PressDeps {
  readonly outbox: Outbox;
  /** Undefined: there are no tickets. */
  readonly tickets: Tickets | undefined;
  /** By name of the channel that brought the message; undefined: nobody can act from its messages. */
  desk(channel: string): Promise<Desk | undefined>;
  /** `by`: the person. */
  muting(by: string): Promise<MuteDeps>;
  /** Whether nobody ever says of the issues of a filter that they are resolved. Absent: somebody does. */
  isNeverResolved?(filter: string): boolean;
  /** The tickets of these alerts now, by alert id. Absent: there are none. Never rejects. */
  ticketsOf?(alerts: readonly Alert[]): Promise<ReadonlyMap<string, readonly TicketSaid[]>>;
}

/** Does what somebody pressed, once on all servers, if he may. Rejects when the ledger is away. */
export async function press(pressed: Pressed, deps: PressDeps, scope: Scope): Promise<PressOutcome> {
  const found = await foundBy(pressed, deps, scope);
  if (typeof found === 'string') return notDone(found);
  const { kept, alert, desk } = found;
  const reason = whyNot(pressed, alert.severity, desk.users);
  if (reason !== null) return notDone(`Not done: ${reason}.`);
  const said =
    pressed.act.kind === 'mute' ? await mutedBy(pressed, found, deps) : await filedBy(pressed, found, deps, scope);
  if (said.status === 'not done') return said;
  const message = await messageNow(kept, { ...said, alertId: alert.id }, deps);
  return { ...said, message, channel: kept.channel };
}

/** The same name for the same person: others may have his. */
export function nameOf({ id, name }: Presser): string {
  return name === '' ? id : `${name} (${id})`;
}

interface Found {
  readonly kept: KeptMessage;
  readonly alert: Alert;
  readonly desk: Desk;
}

/** Or why there is nothing to act on. */
async function foundBy(pressed: Pressed, { outbox, desk: deskOf }: PressDeps, scope: Scope): Promise<Found | string> {
  const { messageId, place, at } = pressed;
  const kept = await messageOf(messageId, { outbox });
  const alert = kept?.message.alerts[place];
  const desk = kept === undefined ? undefined : await deskOf(kept.channel);
  if (kept === undefined || alert === undefined || desk === undefined) return GONE;
  return (await desk.isAt(at, kept.ref, scope)) ? { kept, alert, desk } : STRANGE;
}

const GONE = 'Not done: this message is not kept any more. The pages and the command line can still do it.';
const STRANGE = 'Not done: this message is not one that was sent there from here.';

type Said = { readonly status: 'done'; readonly say: string } | Extract<PressOutcome, { status: 'not done' }>;

async function mutedBy({ act, id, who }: Pressed, { alert, kept }: Found, deps: PressDeps): Promise<Said> {
  if (act.kind !== 'mute') throw new Error('this is no mute');
  const by = nameOf(who);
  try {
    const words = muteWords(alert, act.end, kept.channel);
    const mute = await muteOnce(words, await deps.muting(by), id);
    if (mute === null) return notDone('This was done already.');
    const isEndless = act.end === 'resolved' && alert.state === 'told' && deps.isNeverResolved?.(alert.filter) === true;
    return { status: 'done', say: `${by}: ${muteText({ ...mute, why: '' })}${isEndless ? byHand(mute) : ''}` };
  } catch (error) {
    if (error instanceof BadWords) return notDone(`Not done: ${error.message}.`);
    throw error;
  }
}

/** For who waits for an end that does not come. */
function byHand({ id }: Mute): string {
  return `; of a log nobody says that an issue is resolved, so it lasts until sentry-monitor unmute ${id}`;
}

async function filedBy(pressed: Pressed, { alert }: Found, deps: PressDeps, scope: Scope): Promise<Said> {
  const { tickets, outbox } = deps;
  const by = nameOf(pressed.who);
  if (tickets === undefined) return notDone('Not done: no tickets are set up here any more.');
  const order = orderOf(pressed.act, alert, by);
  if (order === null) return notDone('Not done: tickets are of issues, and this alert is of none.');
  if (order.team !== null && !tickets.teams.includes(order.team))
    return notDone(`Not done: no team of tickets is named ${order.team} any more.`);
  const now = await outbox.now();
  const outcome = await fileTicket(order, { tickets, outbox, now: () => now, actionId: pressed.id }, scope);
  const say = saidOf(outcome);
  return 'ticket' in outcome ? { status: 'done', say: `${say} (${by})` } : notDone(say);
}

function notDone(say: string): Extract<PressOutcome, { status: 'not done' }> {
  return { status: 'not done', say };
}
