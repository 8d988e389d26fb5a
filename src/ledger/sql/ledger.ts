import type { Backlog, Ledger } from '../../core/ledger.ts';
import { faultOf } from '../../core/errors.ts';
import type { Deps } from '../../plugin.ts';
import { missing } from './backlog.ts';
import { sqlClaims } from './claims.ts';
import { createDatabase } from './database.ts';
import { sqlHistory } from './history.ts';
import { keep } from './keep.ts';
import { pruning } from './prune.ts';
import { sqlRecounts, type RecountQueries } from './recounts.ts';
import type { Settings } from './options.ts';

export type Tables = Pick<Ledger, 'claims' | 'history' | 'keep' | 'open' | 'health' | 'close'> & Pick<Backlog, 'missing'> & { readonly recounts: RecountQueries };

/** The ledger itself. Loaded only by who has one: kysely, pg and node:sqlite are not small. */
export function openTables({ url: [url], leaseSeconds, retentionDays }: Settings, deps: Deps): Tables {
  const database = createDatabase(url!, { now: deps.now, leaseMs: leaseSeconds * 1000, get log() { return deps.log; } });
  return {
    claims: sqlClaims(database, deps),
    history: pruning(sqlHistory(database, deps), database, retentionDays, deps),
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
        await (await database.ready()).db.selectFrom('sentry_monitor_schema').select('version').where('version', '=', 0).execute();
        return 'ready';
      } catch {
        return 'down';
      }
    },
    close: () => database.close(),
  };
}
