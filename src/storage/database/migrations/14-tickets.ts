import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Tickets of issues, tickets that are known, and which belongs to which. */
export async function tickets({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_tickets')
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('open_since', 'bigint')
    .addColumn('kept_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text')
    .addPrimaryKeyConstraint('sentry_monitor_tickets_key', ['issue', 'project'])
    .execute();
  await schema
    .createTable('sentry_monitor_known_tickets')
    .addColumn('ticket_id', 'text', (column) => column.primaryKey())
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('ticket', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('said', 'text', (column) => column.notNull())
    .execute();
  await makeLinks({ schema });
  await schema
    .createTable('sentry_monitor_ticket_readings')
    .addColumn('project', 'text', (column) => column.primaryKey())
    .addColumn('read_until', 'bigint', (column) => column.notNull())
    .execute();
}

async function makeLinks({ schema }: Pick<Kysely<Tables>, 'schema'>): Promise<void> {
  await schema
    .createTable('sentry_monitor_ticket_links')
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('rank', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_ticket_links_key', ['issue', 'ticket_id'])
    .execute();
  await schema
    .createTable('sentry_monitor_ticket_openings')
    .addColumn('opening', 'text', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_ticket_openings_key', ['opening', 'ticket_id'])
    .execute();
  await schema
    .createTable('sentry_monitor_issue_texts')
    .addColumn('issue', 'text', (column) => column.primaryKey())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('opening', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'bigint', (column) => column.notNull())
    .execute();
  const indexes = {
    tickets_open: ['tickets', 'open_since'],
    known_tickets_updated: ['known_tickets', 'updated_at'],
    ticket_links_ticket: ['ticket_links', 'ticket_id'],
    ticket_openings_ticket: ['ticket_openings', 'ticket_id'],
    issue_texts_opening: ['issue_texts', 'opening'],
    issue_texts_label: ['issue_texts', 'label'],
  } as const;
  for (const [name, [table, column]] of Object.entries(indexes))
    await schema.createIndex(`sentry_monitor_${name}`).on(`sentry_monitor_${table}`).column(column).execute();
}
