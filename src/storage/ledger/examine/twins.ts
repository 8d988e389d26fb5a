import type { Engine } from '../../database/engine.ts';

/** Processes that had runs within so long are live, ms. */
const LIVE_MS = 15 * 60_000;

/**
 * Names of servers that two live processes have: each had a run between two of the other. NOTE: a restart is none; the
 * former process has no run any more when the next one begins.
 */
export async function twinsIn({ db, clock }: Engine): Promise<readonly string[]> {
  const all = await db
    .selectFrom('sentry_monitor_runs')
    .select(({ fn }) => ['server', 'process', fn.min('started_at').as('first'), fn.max('started_at').as('last')])
    .where('process', 'is not', null)
    .where(({ eb }) => eb('started_at', '>', eb(clock(), '-', LIVE_MS)))
    .groupBy(['server', 'process'])
    .orderBy('server')
    .execute();
  const twins = all.filter((one) =>
    all.some((other) => {
      const isTwin = other.server === one.server && other.process !== one.process;
      return isTwin && Number(one.first) < Number(other.last) && Number(other.first) < Number(one.last);
    }),
  );
  return [...new Set(twins.map(({ server }) => server))];
}
