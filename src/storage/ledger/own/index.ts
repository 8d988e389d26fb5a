import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Window } from '../../../core/model/window.ts';
import type { Accounts, FateCount, LedgerSize, OwnBooks } from '../../../core/ports/alerting/own-books.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { knownVersion } from '../../database/migrate.ts';
import { textIn } from '../alerts/safe-text.ts';
import { pathOf } from '../examine/place.ts';
import { fateIn } from '../outbox/tellings.ts';
import { sqlJobs } from './jobs.ts';

/** What tables say of the service itself. `url`: where they are. */
export function sqlOwnBooks(database: Database, url: string): OwnBooks {
  const path = pathOf(url);
  return {
    jobs: sqlJobs(database),
    async accounts(span) {
      const engine = await database.ready();
      return {
        runs: await runsIn(engine, span),
        messages: await messagesIn(engine, span),
        held: await heldIn(engine, span),
        rejects: await rejectsIn(engine, span),
      };
    },
    async size() {
      const engine = await database.ready();
      const { version, newest } = await knownVersion(engine.db);
      const versions = { schema: Number(version), newest };
      const folder = path === undefined ? null : dirname(path);
      return { ...(engine.locksRows ? await tablesOf(engine) : await fileOf(engine)), ...versions, folder };
    },
  };
}

async function runsIn({ db }: Engine, { start, end }: Window): Promise<Accounts['runs']> {
  return db
    .selectFrom('sentry_monitor_runs')
    .select(({ fn }) => ['outcome', fn.countAll<number>().as('count'), fn.max('started_at').as('last')])
    .where('started_at', '>=', start)
    .where('started_at', '<', end)
    .groupBy('outcome')
    .orderBy('outcome')
    .execute();
}

async function messagesIn({ db }: Engine, { start, end }: Window): Promise<readonly FateCount[]> {
  const rows = await db
    .selectFrom('sentry_monitor_messages')
    .select(({ fn }) => ['channel', 'fate', fn.countAll<number>().as('count')])
    .where('created_at', '>=', start)
    .where('created_at', '<', end)
    .groupBy(['channel', 'fate'])
    .orderBy('channel')
    .orderBy('fate')
    .execute();
  return rows.map(fateCount);
}

async function heldIn({ db }: Engine, { start, end }: Window): Promise<readonly FateCount[]> {
  const rows = await db
    .selectFrom('sentry_monitor_tellings')
    .select(({ fn }) => ['channel', 'fate', fn.countAll<number>().as('count')])
    .where('message_id', 'is', null)
    .where('decided_at', '>=', start)
    .where('decided_at', '<', end)
    .groupBy(['channel', 'fate'])
    .orderBy('channel')
    .orderBy('fate')
    .execute();
  return rows.map(fateCount);
}

function fateCount({
  channel,
  fate,
  count,
}: Record<'channel' | 'fate', string> & { readonly count: number }): FateCount {
  return { channel: textIn(channel), fate: fateIn(fate), count };
}

async function rejectsIn({ db }: Engine, { start, end }: Window): Promise<Accounts['rejects']> {
  const rows = await db
    .selectFrom('sentry_monitor_event_reject_hours')
    .select(({ fn }) => [
      'project',
      fn.sum<number | string>('rejects').as('rejects'),
      fn.sum<number | string>('notes').as('notes'),
    ])
    .where('hour_start', '>=', start)
    .where('hour_start', '<', end)
    .groupBy('project')
    .orderBy('project')
    .execute();
  return rows.map(({ project, rejects, notes }) => ({
    intake: project,
    rejects: Number(rejects),
    notes: Number(notes),
  }));
}

type Measured = Pick<LedgerSize, 'kind' | 'bytes' | 'free'>;

async function fileOf({ db }: Engine): Promise<Measured> {
  const { rows } = await sql<{ bytes: number; free: number }>`
    select page_count * page_size as bytes, freelist_count * page_size as free
    from pragma_page_count, pragma_page_size, pragma_freelist_count`.execute(db);
  return { kind: 'SQLite', ...rows[0]! };
}

/** NOTE: others may have tables of their own in the same database. */
async function tablesOf({ db }: Engine): Promise<Measured> {
  const { rows } = await sql<{ bytes: number | string | null }>`
    select sum(pg_total_relation_size(oid)) as bytes from pg_class
    where relkind = 'r' and starts_with(relname, 'sentry_monitor_') and pg_table_is_visible(oid)`.execute(db);
  return { kind: 'PostgreSQL', bytes: Number(rows[0]!.bytes), free: null };
}
