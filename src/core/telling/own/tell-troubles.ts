import type { ChannelTrouble, ChannelWork } from '../../alerts/outbox/relay.ts';
import type { Admin } from './admin.ts';
import { meantBy } from '../../model/alerting/recipients.ts';
import { isOwn } from './own-message.ts';

/** What people will not hear of goes to the admin, but by the channel that just failed. */
export async function tellTroubles(all: readonly ChannelWork[], admin: Admin): Promise<void> {
  for (const { channel, fate, messageId, alerts, why } of all.flatMap(({ troubles }) => troubles)) {
    if (fate === 'uncertain' || isAdmins(channel, admin) || isOwn(messageId)) continue;
    await admin.tell(`channel/${channel}/${fate}`, lineOf({ channel, fate, messageId, alerts, why }));
  }
  for (const { name, detail } of all.filter(({ isUnknown }) => isUnknown === true))
    if (!isAdmins(name, admin))
      await admin.tellDaily(
        `unknown/${name}`,
        `There is something to tell to the channel ${name}, but ${detail}: ` +
          'set it up again, or it is given up a day after it came.',
      );
}

/** What waited for too long was in no message. */
function lineOf({ channel, fate, messageId, alerts, why }: ChannelTrouble): string {
  if (messageId === '') return `${alerts} alerts for the channel ${channel} were never told (${fate}): ${why}`;
  const what = alerts === 0 ? '' : ` with ${alerts} alerts`;
  return `The channel ${channel} did not take a message${what} (${fate}): ${why}`;
}

function isAdmins(channel: string, admin: Pick<Admin, 'channel'>): boolean {
  return admin.channel !== undefined && meantBy(admin.channel, [channel]).length > 0;
}
