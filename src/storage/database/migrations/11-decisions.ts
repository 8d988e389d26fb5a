import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Large decisions that are written in steps. */
export async function decisionsInSteps({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .alterTable('sentry_monitor_rule_heads')
    .addColumn('number', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('sentry_monitor_rule_heads').addColumn('writing', 'bigint').execute();
  await schema
    .createTable('sentry_monitor_decisions')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('part', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_decisions_key', ['filter', 'number', 'part'])
    .execute();
}
