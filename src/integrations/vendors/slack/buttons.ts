import { cleanText } from '../../../core/alerts/words/clean-text.ts';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import type { TicketSaid } from '../../../core/model/ticketing/ticket.ts';
import { actionId, type Below, blockId, type PressName } from './press-ids.ts';

/** What people may press below an alert. */
export interface Buttons {
  /** Teams that tickets can be made for; null: there are no tickets. */
  readonly teams: readonly string[] | null;
}

/** UTF-16 units of what a button says, and of what is said of it. */
const LABEL = 75;
/** Elements of a block. */
const MOST = 25;

type Labelled = readonly [name: PressName, label: string];

const MUTES: readonly Labelled[] = [
  ['mute_1h', 'Mute 1 h'],
  ['mute_1d', 'Mute 1 d'],
  ['mute_resolved', 'Mute until resolved'],
];

/** What is pressed below an alert of a message; nothing where it is over. */
export function buttonsBelow(message: Message, place: number, { teams }: Buttons): readonly JsonObject[] {
  const alert = message.alerts[place];
  if (alert === undefined || alert.state === 'resolved') return [];
  const below = { messageId: message.id, place };
  const tickets = teams === null || alert.subject.kind !== 'issue' ? [] : ticketElements(message, alert, teams, below);
  const all = [...tickets, ...MUTES.map(([name, label]) => button(name, label, alert, below))];
  return Array.from({ length: Math.ceil(all.length / MOST) }, (_, nth) => ({
    type: 'actions',
    block_id: blockId(below, nth),
    elements: all.slice(nth * MOST, (nth + 1) * MOST),
  }));
}

/** NOTE: a ticket that is open is written into, whoever's it is: no team is to be chosen. */
function ticketElements(
  { tickets = {} }: Message,
  alert: Alert,
  teams: readonly string[],
  below: Below,
): readonly JsonObject[] {
  const open = tickets[alert.id]?.find(({ isDone }) => !isDone);
  const make = makeLabels(open, teams).map(([name, label]) => button(name, label, alert, below));
  const add = {
    type: 'external_select',
    action_id: actionId('add_to_ticket', below),
    placeholder: plain('Add to ticket…'),
    min_query_length: 1,
  };
  return [...make, add];
}

function makeLabels(open: TicketSaid | undefined, teams: readonly string[]): readonly Labelled[] {
  if (open !== undefined) return [['create_ticket', `Comment on ${open.key}`]];
  if (teams.length === 0) return [['create_ticket', 'Create ticket']];
  return teams.map((team) => [`create_ticket:${team}`, `Ticket for ${team}`]);
}

function button(name: PressName, label: string, { subject }: Alert, below: Below): JsonObject {
  return {
    type: 'button',
    action_id: actionId(name, below),
    text: plain(label),
    value: blockId(below, 0),
    accessibility_label: cutLabel(`${label}: ${cleanText(subject.title)}`),
  };
}

/** What people choose, as Slack takes it; 30 of them at most, each value once. */
export function optionOf({ text, value }: { readonly text: string; readonly value: string }): JsonObject {
  return { text: plain(text), value };
}

function plain(said: string): JsonObject {
  return { type: 'plain_text', text: cutLabel(cleanText(said)), emoji: false };
}

/** Whole characters; Slack takes no empty text. */
function cutLabel(said: string): string {
  const text = said.trim() === '' ? '…' : said;
  return text.length <= LABEL ? text : `${text.slice(0, LABEL - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
