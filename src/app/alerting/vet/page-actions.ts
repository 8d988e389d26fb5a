import type { SettingsFault } from '../../../config/schema.ts';
import type { Configuration } from '../../configure.ts';

/** What people do has to hold on every server, and after a restart. */
export function vetPageActions({ settings, ledger }: Configuration): readonly SettingsFault[] {
  if (settings?.pageActions !== true || ledger !== undefined) return [];
  const text = 'needs a ledger, where it is kept what people did; set LEDGER_URL, such as sqlite:./ledger.db';
  return [{ variable: 'PAGE_ACTIONS', text }];
}
