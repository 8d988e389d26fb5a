import { type Env, type SettingsFault, valueOf } from '../../../config/schema.ts';
import type { Configuration } from '../../configure.ts';

const VARIABLE = 'SLACK_SIGNING_SECRET';

/** A button that nobody remembers would do nothing. */
export function vetSlackButtons(
  { channels, ledger }: Pick<Configuration, 'channels' | 'ledger'>,
  env: Env,
): readonly SettingsFault[] {
  const isWanted = valueOf(env, VARIABLE) !== undefined && channels.some(({ vendor }) => vendor === 'slack');
  if (!isWanted || ledger !== undefined) return [];
  const text = 'needs a ledger, where it is kept what people press; set LEDGER_URL, such as sqlite:./ledger.db';
  return [{ variable: VARIABLE, text }];
}
