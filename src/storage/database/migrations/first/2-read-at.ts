import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Version 2: when a report was read, so that what was read late is not counted again at once. */
export async function readAt({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('sentry_monitor_reports').addColumn('read_at', 'bigint').execute();
}
