import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Version 6: releases, in whose time what is new is told together. */
export async function deploys({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_deploys')
    .addColumn('deploy_id', 'text', (column) => column.primaryKey())
    .addColumn('until_at', 'bigint', (column) => column.notNull())
    .addColumn('deploy', 'text', (column) => column.notNull())
    .execute();
}
