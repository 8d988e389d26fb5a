import type { Ledger } from '../../core/ports.ts';
import { faultOf } from '../../core/errors.ts';
import { plugin, type Deps } from '../../plugin.ts';
import { sqlClaims } from './claims.ts';
import { createDatabase } from './database.ts';
import { sqlHistory } from './history.ts';

interface Settings {
  /** The address, and the password in it: both are secrets. */
  readonly url: readonly string[];
}

/** A ledger in tables: a SQLite file for one server, a PostgreSQL for several. */
export const sql = plugin<Ledger, Settings>({
  settings: {
    url: { doc: 'Address of the ledger: sqlite:<file>, or postgres://user:password@host/database', format: ledgerUrl, default: null, sensitive: true, env: 'LEDGER_URL' },
  },
  wantedBy: ['LEDGER_URL'],
  create: ({ url: [url] }, deps) => createLedger(url!, deps),
});

/** NOTE: the text is never shown: it holds a password. */
function ledgerUrl(text: string): readonly string[] {
  if (/^sqlite:[^?]+$/.test(text)) return [text];
  const url = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw new Error('is no address of a ledger; write sqlite:<file>, or postgres://user:password@host:5432/database (signs in a password URL-encoded)');
  return url.password === '' ? [text] : [text, decodeURIComponent(url.password)];
}

function createLedger(url: string, deps: Deps): Ledger {
  const database = createDatabase(url, { now: deps.now, get log() { return deps.log; } });
  return {
    claims: sqlClaims(database, deps),
    history: sqlHistory(database, deps),
    open: async () => {
      try {
        await database.ready();
      } catch (error) {
        if (error instanceof Error && error.name === 'NewerSchema') throw error;
        deps.log.error({ error: faultOf(error).message }, 'ledger cannot be reached');
      }
    },
    close: () => database.close(),
  };
}
