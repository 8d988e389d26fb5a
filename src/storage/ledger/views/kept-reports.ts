import { sql } from 'kysely';
import type { ReportSeen } from '../../../core/ports/read-model.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named } from '../../database/given-rows.ts';
import type { ReportRow } from '../../database/tables.ts';
import { REPORT_COLUMNS, reportIn } from '../report-rows.ts';
import { inOrder, type ReadList, unlessSame } from './unless-same.ts';

/** Reports kept: each takes up to some tens of kilobytes. */
const MOST = 1_200;

interface Kept {
  /** Another text when the report was recorded again. */
  readonly stamp: string;
  readonly report: ReportSeen;
}

/**
 * Reads reports by their ids. What was read before, and was not recorded again since, is the very same object.
 * `trendingOnly`: where no issue trends, no issue is read at all.
 */
export function keptReports(trendingOnly: boolean): ReadList<ReportSeen> {
  const kept = new Map<string, Kept>();
  return unlessSame(saidOf, async (engine, ids) => {
    // Of a new window none is known.
    const found = ids.some((id) => kept.has(id))
      ? await changedOf(engine, ids, { kept, trendingOnly })
      : await rowsOf(engine, ids, trendingOnly);
    for (const it of found) {
      kept.delete(it.report.id);
      kept.set(it.report.id, it);
    }
    for (const id of kept.keys()) if (kept.size > MOST) kept.delete(id);
    const said = found.map(({ stamp, report: { id } }) => [id, `${id}${stamp.replaceAll(',', `;${id}`)}`] as const);
    return { list: found.map(({ report }) => report), said: inOrder(said).join(';') };
  });
}

/** Only those that were recorded since are read. */
async function changedOf(
  engine: Engine,
  ids: readonly string[],
  { kept, trendingOnly }: { readonly kept: ReadonlyMap<string, Kept>; readonly trendingOnly: boolean },
): Promise<readonly Kept[]> {
  const stamps = await stampsOf(engine, ids);
  const fresh = [...stamps].filter(([id, stamp]) => kept.get(id)?.stamp !== stamp).map(([id]) => id);
  const read = new Map((await rowsOf(engine, fresh, trendingOnly)).map((it) => [it.report.id, it]));
  return [...stamps.keys()].flatMap((id) => read.get(id) ?? kept.get(id) ?? []);
}

/** All stamps. */
async function saidOf(engine: Engine, ids: readonly string[]): Promise<string> {
  const { rows } = await sql<{ readonly said: string | null }>`
    select string_agg(report_id || ' ' || revision || ' ' || recorded_at, ';' order by report_id, revision) as said
    from ${engine.given(NAMED, named(ids))} as given join sentry_monitor_reports on report_id = given.name`.execute(
    engine.db,
  );
  return rows[0]?.said ?? '';
}

async function stampsOf({ db }: Engine, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('sentry_monitor_reports')
    .select(['report_id', 'revision', 'recorded_at'])
    .where('report_id', 'in', ids)
    .orderBy('revision')
    .execute();
  return new Map([...Map.groupBy(rows, (row) => row.report_id)].map(([id, own]) => [id, stampOf(own)]));
}

/** Rows of a report, by revision. */
function stampOf(rows: readonly Pick<ReportRow, 'revision' | 'recorded_at'>[]): string {
  return rows.map(({ revision, recorded_at: at }) => ` ${revision} ${at}`).join(',');
}

/** As `textOf` writes it of an issue. A text can hold it in its own quotes only, with a sign before each of them. */
const TRENDING = '"trending":';
const TRENDS = `${TRENDING}true`;

async function rowsOf(
  { db, placeIn }: Engine,
  ids: readonly string[],
  trendingOnly: boolean,
): Promise<readonly Kept[]> {
  if (ids.length === 0) return [];
  const all = sql.ref<string>('issues');
  // NOTE: those that trend come first, so the first one tells; to look through all of a text takes long.
  const first = sql<string>`substr(${all}, ${placeIn(all, TRENDING)}, ${sql.lit(TRENDS.length)})`;
  const issues = trendingOnly ? sql<string | null>`case when ${first} = ${sql.lit(TRENDS)} then ${all} end` : all;
  const rows = await db
    .selectFrom('sentry_monitor_reports')
    .select([...OTHERS, 'recorded_at', 'read_at', issues.$castTo<string | null>().as('issues')])
    .where('report_id', 'in', ids)
    .orderBy('revision')
    .execute();
  const byReport = Map.groupBy(rows, (row) => row.report_id);
  return [...byReport.values()].map((own) => ({ stamp: stampOf(own), report: reportIn(own) }));
}

type Other = Exclude<(typeof REPORT_COLUMNS)[number], 'issues'>;
const OTHERS = REPORT_COLUMNS.filter((name): name is Other => name !== 'issues');
