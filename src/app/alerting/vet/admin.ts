import { LOG_CHANNEL } from '../../../config/filters/parts/section.ts';
import { quote } from '../../../config/formats.ts';
import type { SettingsFault } from '../../../config/schema.ts';
import { groupOf, meantBy } from '../../../core/model/alerting/recipients.ts';
import type { Configuration } from '../../configure.ts';

/** Who is told of our own failures must be there from the start. */
export function vetAdminChannel({ settings, channels }: Configuration): readonly SettingsFault[] {
  const name = settings?.adminChannel;
  const there = channels.filter(({ configured }) => configured !== undefined).map((it) => it.name);
  if (name === undefined || meantBy(name, there).length > 0) return [];
  const names = [...new Set([LOG_CHANNEL, ...channels.map((it) => groupOf(it.name))])].join(', ');
  return [
    {
      variable: 'ADMIN_CHANNEL',
      text: `${quote(name)} is no channel that a filters file sets up without faults; there are ${names}`,
    },
  ];
}
