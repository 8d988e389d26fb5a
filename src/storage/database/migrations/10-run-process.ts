import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Which process of a server ran it, so that two of one name are told apart. */
export async function runProcess({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('sentry_monitor_runs').addColumn('process', 'text').execute();
}
