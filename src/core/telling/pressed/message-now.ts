import { muteOf, muteText } from '../../alerts/outbox/forming/mutes.ts';
import type { Alert } from '../../model/alerting/alert.ts';
import type { Message } from '../../model/alerting/message.ts';
import type { TicketSaid } from '../../model/ticketing/ticket.ts';
import type { KeptMessage, Outbox } from '../../ports/alerting/outbox.ts';

interface NowDeps {
  readonly outbox: Pick<Outbox, 'mutes' | 'now'>;
  ticketsOf?(alerts: readonly Alert[]): Promise<ReadonlyMap<string, readonly TicketSaid[]>>;
}

/**
 * A message that was sent, with what has become of its alerts since: what was said just now of one, the mutes of the
 * others, and all tickets. NOTE: of what is kept, not of what stood there: two who act at once do not undo each other.
 */
export async function messageNow(
  { message, channel }: Pick<KeptMessage, 'message' | 'channel'>,
  { alertId, say }: { readonly alertId: string; readonly say: string },
  { outbox, ticketsOf }: NowDeps,
): Promise<Message> {
  const now = await outbox.now();
  const mutes = (await outbox.mutes()).filter(({ until }) => until.kind === 'instant');
  const muted = message.alerts.flatMap((alert): [string, string][] => {
    const mute = muteOf({ alert, rule: alert.rule, channel }, mutes, { now, sure: now });
    return mute === undefined ? [] : [[alert.id, `${mute.by ?? 'a file'}: ${muteText({ ...mute, why: '' })}`]];
  });
  const tickets = await ticketsOf?.(message.alerts.filter(({ subject }) => subject.kind === 'issue'));
  return {
    ...message,
    done: { ...Object.fromEntries(muted), [alertId]: say },
    ...(tickets === undefined ? {} : { tickets: Object.fromEntries(tickets) }),
  };
}
