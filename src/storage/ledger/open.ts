import { faultOf } from '../../core/model/errors.ts';
import type { Backlog } from '../../core/ports/backlog.ts';
import type { Ledger } from '../../core/ports/ledger.ts';
import type { Deps } from '../../integrations/plugin.ts';
import { createDatabase } from '../database/database.ts';
import { missing } from './backlog.ts';
import { sqlClaims } from './claims.ts';
import { sqlHistory } from './history.ts';
import { keep } from './keep.ts';
import type { Settings } from './options.ts';
import { pruning } from './prune.ts';
import { sqlViews } from './read-model.ts';
import { type RecountQueries, sqlRecounts } from './recounts.ts';

export type Tables = Required<Pick<Ledger, 'claims' | 'history' | 'readModel' | 'keep' | 'open' | 'health' | 'close'>> &
  Pick<Backlog, 'missing'> & { readonly recounts: RecountQueries };

/** The ledger itself. Loaded only by who has one: kysely, pg and node:sqlite are not small. */
export function openTables({ url: [url], leaseSeconds, retentionDays }: Settings, deps: Deps): Tables {
  const database = createDatabase(url!, {
    now: deps.now,
    leaseMs: leaseSeconds * 1000,
    get log() {
      return deps.log;
    },
  });
  return {
    claims: sqlClaims(database, deps),
    history: pruning(sqlHistory(database, deps), database, retentionDays, deps),
    readModel: sqlViews(database),
    recounts: sqlRecounts(database),
    keep: async (kept) => (kept.length === 0 ? [] : keep(await database.ready(), kept, deps.server)),
    missing: async (...args) => missing(await database.ready(), ...args),
    open: async () => {
      try {
        await database.ready();
      } catch (error) {
        if (error instanceof Error && error.name === 'NewerSchema') throw error;
        deps.log.error({ error: faultOf(error).message }, 'ledger cannot be reached');
      }
    },
    health: async () => {
      try {
        await (
          await database.ready()
        ).db
          .selectFrom('sentry_monitor_schema')
          .select('version')
          .where('version', '=', 0)
          .execute();
        return 'ready';
      } catch {
        return 'down';
      }
    },
    close: () => database.close(),
  };
}
