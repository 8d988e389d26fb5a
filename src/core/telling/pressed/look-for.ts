import type { Choice, Looked } from '../../ports/alerting/desk.ts';
import type { Scope } from '../../ports/scope.ts';
import { messageOf } from '../acts/send-again.ts';
import { whyNot } from './may.ts';
import type { PressDeps } from './press.ts';

/** People look through so many. */
const MOST = 30;

/** Tickets to choose from, for who may add to them; nobody else learns what there is. */
export async function lookFor(
  { text, messageId, who, at }: Looked,
  { tickets, outbox, desk: deskOf }: PressDeps,
  scope: Scope,
): Promise<readonly Choice[]> {
  const kept = await messageOf(messageId, { outbox });
  const desk = kept === undefined ? undefined : await deskOf(kept.channel);
  if (tickets === undefined || kept === undefined || desk === undefined || text.trim() === '') return [];
  const act = { kind: 'add', ticket: '' } as const;
  if (whyNot({ act, who }, 'info', desk.users) !== null || !(await desk.isAt(at, kept.ref, scope))) return [];
  const found = await tickets.search(text.trim(), MOST);
  return found.slice(0, MOST).map(({ key, summary }) => ({ text: `${key} ${summary}`, value: key }));
}
