import type { ChannelWork } from '../../alerts/outbox/relay.ts';
import type { Decision } from '../../ports/alerting/decider.ts';
import type { Admin } from './admin.ts';
import { isOwn } from './own-message.ts';

/** What people will not hear of goes to the admin, but by the channel that just failed. */
export async function tellTroubles(all: readonly ChannelWork[], admin: Admin): Promise<void> {
  for (const { channel, fate, messageId, alerts, why } of all.flatMap(({ troubles }) => troubles)) {
    if (fate === 'uncertain' || channel === admin.channel || isOwn(messageId)) continue;
    await admin.tell(
      `channel/${channel}/${fate}`,
      `The channel ${channel} did not take a message with ${alerts} alerts (${fate}): ${why}`,
    );
  }
}

/** A rule that broke: its filter's other rules were decided. */
export async function tellBroken({ filter, broken }: Decision, admin: Admin): Promise<void> {
  for (const { rule, error } of broken)
    await admin.tell(`rule/${filter}/${rule}`, `The rule "${rule}" of ${filter} broke, and decides nothing: ${error}`);
}
