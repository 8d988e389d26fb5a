import type { PressedAct } from '../../../core/ports/alerting/desk.ts';

/** What a button or a choice is below: an alert of a message. */
export interface Below {
  readonly messageId: string;
  /** From 0. */
  readonly place: number;
}

/** What is pressed, by the names that Slack gives back. */
export type PressName =
  'add_to_ticket' | 'create_ticket' | `create_ticket:${string}` | 'mute_1h' | 'mute_1d' | 'mute_resolved';

/** NOTE: a name may stand in a message once, so those below a further alert have its place behind them. */
export function actionId(name: PressName, { place }: Below): string {
  return place === 0 ? name : `${name}/${place}`;
}

/** `nth`: of several blocks below the same alert. */
export function blockId({ messageId, place }: Below, nth: number): string {
  return `${messageId}#${place}${nth === 0 ? '' : `.${nth}`}`;
}

/** Undefined: it is none of ours. */
export function belowIn(id: unknown): Below | undefined {
  const [, messageId, place] = /^([^]{1,200})#(\d{1,4})(?:\.\d{1,2})?$/.exec(typeof id === 'string' ? id : '') ?? [];
  return messageId === undefined ? undefined : { messageId, place: Number(place) };
}

/** What is wanted; `chosen`: of a list. Undefined: nothing of ours. */
export function actIn(id: string, chosen: string | undefined): PressedAct | undefined {
  const name = id.replace(/\/\d{1,4}$/, '');
  const mute = /^mute_(1h|1d|resolved)$/.exec(name)?.[1];
  if (mute !== undefined) return { kind: 'mute', end: mute as '1h' | '1d' | 'resolved' };
  if (name === 'add_to_ticket') return chosen === undefined ? undefined : { kind: 'add', ticket: chosen };
  const [, team = null] = /^create_ticket(?::([^]{1,100}))?$/.exec(name) ?? [undefined, undefined];
  return /^create_ticket(:|$)/.test(name) ? { kind: 'ticket', team } : undefined;
}
