import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Each telling comes later than all others: without an index every one of them was looked at. */
export async function orderOfTellings({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createIndex('sentry_monitor_tellings_recorded')
    .on('sentry_monitor_tellings')
    .column('recorded_at')
    .execute();
}
