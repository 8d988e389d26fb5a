import { ON_ERROR, type Ledger, type OnError } from '../../core/ledger.ts';
import { faultOf } from '../../core/errors.ts';
import { oneOf, plugin, wholeNumber, type Deps } from '../../plugin.ts';
import { sqlClaims } from './claims.ts';
import { createDatabase } from './database.ts';
import { sqlHistory } from './history.ts';
import { keep } from './keep.ts';
import { pruning } from './prune.ts';

interface Settings {
  /** The address, and the password in it: both are secrets. */
  readonly url: readonly string[];
  readonly leaseSeconds: number;
  readonly retentionDays: number;
  readonly onError: OnError;
}

/** Few enough to cost little, enough for some servers to share. */
const PARTS = 6;
const LINGER_MS = 250;

/** A ledger in tables: a SQLite file for one server, a PostgreSQL for several. */
export const sql = plugin<Ledger, Settings>({
  settings: {
    url: { doc: 'Address of the ledger: sqlite:<file>, or postgres://user:password@host/database', format: ledgerUrl, default: null, sensitive: true, env: 'LEDGER_URL' },
    leaseSeconds: { doc: 'How long another server leaves alone what a dead one had in hand, seconds', format: wholeNumber(1, 3600), default: 30, env: 'LEASE_SECONDS' },
    retentionDays: { doc: 'How long totals, receipts and runs are kept, days', format: wholeNumber(2, 3650), default: 30, env: 'RETENTION_DAYS' },
    onError: { doc: 'While the ledger cannot be reached: safe (serve sinks where a repeat does no harm), send (serve all), stop (503)', format: oneOf(...ON_ERROR), default: 'safe', env: 'LEDGER_ON_ERROR' },
  },
  wantedBy: ['LEDGER_URL'],
  create: createLedger,
});

/** NOTE: the text is never shown: it holds a password. */
function ledgerUrl(text: string): readonly string[] {
  if (/^sqlite:[^?]+$/.test(text)) return [text];
  const url = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw new Error('is no address of a ledger; write sqlite:<file>, or postgres://user:password@host:5432/database (signs in a password URL-encoded)');
  return url.password === '' ? [text] : [text, decodeURIComponent(url.password)];
}

function createLedger({ url: [url], leaseSeconds, retentionDays, onError }: Settings, deps: Deps): Ledger {
  const database = createDatabase(url!, { now: deps.now, leaseMs: leaseSeconds * 1000, get log() { return deps.log; } });
  return {
    claims: sqlClaims(database, deps),
    history: pruning(sqlHistory(database, deps), database, retentionDays, deps),
    keep: async (kept) => (kept.length === 0 ? [] : keep(await database.ready(), kept, deps.server)),
    servesBlind: () => false,
    sharing: { leaseMs: leaseSeconds * 1000, parts: PARTS, lingerMs: LINGER_MS, onError },
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
