import type { Database } from '../../../src/storage/database/database.ts';
import type { Tables } from '../../../src/storage/database/tables.ts';

export const ALERT_TABLES = [
  'sentry_monitor_issue_windows',
  'sentry_monitor_issue_days',
  'sentry_monitor_issues',
  'sentry_monitor_rule_heads',
  'sentry_monitor_rule_states',
  'sentry_monitor_decisions',
  'sentry_monitor_alerts',
  'sentry_monitor_told',
  'sentry_monitor_tellings',
  'sentry_monitor_messages',
  'sentry_monitor_channels',
  'sentry_monitor_mutes',
  'sentry_monitor_file_texts',
  'sentry_monitor_actions',
  'sentry_monitor_digests',
] as const satisfies readonly (keyof Tables)[];

/** As if nothing had been decided, and no report been kept. */
export async function emptyAlerts(database: Database): Promise<void> {
  const { db } = await database.ready();
  for (const table of [...ALERT_TABLES, 'sentry_monitor_reports'] as const) await db.deleteFrom(table).execute();
}
