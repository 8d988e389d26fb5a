import { LOG_CHANNEL } from '../../../config/filters/parts/section.ts';
import { quote } from '../../../config/formats.ts';
import type { SettingsFault } from '../../../config/schema.ts';
import type { Configuration } from '../../configure.ts';

/** Who is told of our own failures must be there from the start. */
export function vetAdminChannel({ settings, channels }: Configuration): readonly SettingsFault[] {
  const name = settings?.adminChannel;
  if (name === undefined || channels.some((it) => it.name === name && it.configured !== undefined)) return [];
  const names = [...new Set([LOG_CHANNEL, ...channels.map((it) => it.name)])].join(', ');
  return [
    {
      variable: 'ADMIN_CHANNEL',
      text: `${quote(name)} is no channel that a filters file sets up without faults; there are ${names}`,
    },
  ];
}
