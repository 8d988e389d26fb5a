import type { Backlog } from '../../core/ports/backlog.ts';
import type { Health, Ledger } from '../../core/ports/ledger.ts';
import type { Deps } from '../../integrations/plugin.ts';
import { createDatabase, type Database } from '../database/database.ts';
import type { Engine } from '../database/engine.ts';
import { openAtStart, tryToWrite } from './at-start.ts';
import { sqlBacklog } from './backlog.ts';
import { sqlClaims } from './claims.ts';
import { sqlHistory } from './history.ts';
import { keepReports } from './keep-reports.ts';
import { pruning } from './prune.ts';
import { sqlReadModel } from './read-model.ts';
import { type RecountQueries, sqlRecounts } from './recounts.ts';
import type { Settings } from './settings.ts';

/** All of a ledger that is done in tables. */
export interface OpenLedger extends Required<
  Pick<Ledger, 'claims' | 'history' | 'readModel' | 'keep' | 'open' | 'health' | 'close'>
> {
  readonly backlog: Pick<Backlog, 'missing'>;
  readonly recounts: RecountQueries;
  trouble(): string | null;
}

/** Loaded only by who has a ledger: kysely, pg and node:sqlite are not small. */
export function openLedger({ url: [url], leaseSeconds, retentionDays }: Settings, deps: Deps): OpenLedger {
  const database = createDatabase(url!, { now: deps.now, leaseMs: leaseSeconds * 1000, log: deps.log });
  return {
    claims: sqlClaims(database, deps),
    history: pruning(sqlHistory(database, deps), database, retentionDays, deps),
    readModel: sqlReadModel(database),
    backlog: sqlBacklog(database),
    recounts: sqlRecounts(database),
    keep: async (kept) => (kept.length === 0 ? [] : keepReports(await database.ready(), kept, deps.server)),
    open: () => openAtStart(database, url!, deps.log),
    health: watchHealth(database),
    trouble: () => database.failure(),
    close: () => database.close(),
  };
}

/**
 * Whether it answers, and took the last write. NOTE: what failed is tried again by a small write, for which nobody
 * waits: who holds a lock must not hold up the answer.
 */
function watchHealth(database: Database): () => Promise<Health> {
  let trying: Promise<unknown> | null = null;
  const tryAgain = (engine: Engine): void => {
    trying ??= tryToWrite(engine)
      .catch(() => undefined)
      .finally(() => (trying = null));
  };
  return async () => {
    try {
      const engine = await database.ready();
      await engine.db.selectFrom('sentry_monitor_schema').select('version').where('version', '=', 0).execute();
      if (database.failure() === null) return 'ready';
      tryAgain(engine);
      return 'down';
    } catch {
      return 'down';
    }
  };
}
