import { LOG_CHANNEL } from '../../../config/filters/parts/section.ts';
import { quote } from '../../../config/formats.ts';
import { type Env, type SettingsFault, valueOf } from '../../../config/schema.ts';
import { groupOf, meantBy } from '../../../core/model/alerting/recipients.ts';
import type { Configuration } from '../../configure.ts';

/** A message that waits for its Monday must not be forgotten before, days. */
const WEEK_AND_A_DAY = 8;

/** Who is told of our own failures must be there from the start, and what waits for it must be kept. */
export function vetAdmin(config: Configuration, env: Env): readonly SettingsFault[] {
  return [...channelFaults(config), ...collectFaults(config, env)];
}

function collectFaults({ settings, ledger }: Configuration, env: Env): readonly SettingsFault[] {
  if (settings?.adminCollect === undefined) return [];
  const fault = (text: string): SettingsFault => ({ variable: 'ADMIN_COLLECT', text });
  const days = Number(valueOf(env, 'MESSAGE_DAYS') ?? WEEK_AND_A_DAY);
  return [
    ...(settings.adminChannel === undefined
      ? [fault('nobody is told anything: set ADMIN_CHANNEL, or leave it out')]
      : []),
    ...(ledger === undefined
      ? [fault('needs a ledger: without one a restart forgets what waits; set LEDGER_URL, such as sqlite:./ledger.db')]
      : []),
    ...(days < WEEK_AND_A_DAY
      ? [fault(`needs MESSAGE_DAYS of at least ${WEEK_AND_A_DAY}: what waits a week is forgotten before`)]
      : []),
  ];
}

function channelFaults({ settings, channels }: Configuration): readonly SettingsFault[] {
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
