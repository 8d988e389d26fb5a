import { type RawBuilder, sql } from 'kysely';
import { DUE_KINDS } from '../../../core/ports/alerting/due.ts';
import type { Job, JobResult, JobStore, KeptJob } from '../../../core/ports/alerting/job-store.ts';
import type { JobRow } from '../../database/alert-tables.ts';
import type { Database } from '../../database/database.ts';
import type { Columns } from '../../database/engine.ts';
import { allGiven, withGiven } from '../../database/given-rows.ts';
import { safeOrNull, safeText, textIn } from '../alerts/safe-text.ts';

const JOB: Columns<JobRow> = {
  kind: 'text',
  name: 'text',
  server: 'text',
  good_at: 'bigint',
  good: 'text',
  failed_at: 'bigint',
  failed: 'text',
};
const COLUMNS = Object.keys(JOB) as (keyof JobRow)[];
const KEY = ['kind', 'name', 'server'] as const;

/** Jobs of all servers in a table. */
export function sqlJobs(database: Database): JobStore {
  return {
    async note(server, jobs) {
      if (jobs.length === 0) return;
      const rows = jobs.map((job) => rowOf(server, job));
      await withGiven(await database.ready(), JOB, rows)
        .insertInto('sentry_monitor_jobs')
        .columns(COLUMNS)
        .expression(allGiven(COLUMNS, KEY))
        .onConflict((conflict) =>
          conflict
            .columns(KEY)
            .doUpdateSet({
              good_at: newer('good_at'),
              good: newer('good'),
              failed_at: newer('failed_at'),
              failed: newer('failed'),
            }),
        )
        .execute();
    },
    async all() {
      const { db } = await database.ready();
      const rows = await db
        .selectFrom('sentry_monitor_jobs')
        .selectAll()
        .orderBy('kind')
        .orderBy('name')
        .orderBy('server')
        .execute();
      return rows.flatMap(jobIn);
    },
  };
}

/** What is not given stays. */
function newer<T>(column: keyof JobRow): RawBuilder<T> {
  return sql<T>`coalesce(${sql.ref(`excluded.${column}`)}, ${sql.ref(`sentry_monitor_jobs.${column}`)})`;
}

function rowOf(server: string, { kind, name, good, failed }: Job): JobRow {
  return {
    kind,
    name: safeText(name),
    server: safeText(server),
    good_at: good?.at ?? null,
    good: safeOrNull(good?.detail ?? null),
    failed_at: failed?.at ?? null,
    failed: safeOrNull(failed?.detail ?? null),
  };
}

/** A newer program may have kinds that this one does not know. */
function jobIn({ kind: text, name, server, ...row }: JobRow): readonly KeptJob[] {
  const kind = DUE_KINDS.find((known) => known === text);
  if (kind === undefined) return [];
  const good = resultIn(row.good_at, row.good);
  const failed = resultIn(row.failed_at, row.failed);
  return [{ kind, name: textIn(name), server: textIn(server), good, failed }];
}

function resultIn(at: number | null, detail: string | null): JobResult | null {
  return at === null ? null : { at, detail: textIn(detail!) };
}
