import { faultOf, LedgerRefused, LedgerTrouble } from '../../core/model/errors.ts';
import type { Log } from '../../core/ports/scope.ts';
import type { Database } from '../database/database.ts';

/**
 * Opens the ledger and writes to it, so that trouble shows at the start and not at night. Rejects with a LedgerRefused
 * when only a person can mend it; what may pass by itself is logged, and tried again by whoever needs the ledger.
 */
export async function openAtStart(database: Database, url: string, log: Log): Promise<void> {
  try {
    await database.prove();
  } catch (error) {
    const remedy = remedyFor(error);
    const at = addressOf(url);
    const { message } = faultOf(error);
    if (remedy !== null) throw new LedgerRefused(`LEDGER_URL: ${at}: ${message}${remedy === '' ? '' : `; ${remedy}`}`);
    log.error({ ledger: at, error: message }, 'ledger cannot be reached');
  }
}

/** Null: it may pass by itself. '': the message says it. */
function remedyFor(error: unknown): string | null {
  if (error instanceof LedgerRefused) return '';
  return error instanceof LedgerTrouble ? (error.remedy ?? null) : null;
}

/** Of a ledger's URL, for people: the file, or host, port and database. Nothing that opens it. */
export function addressOf(url: string): string {
  if (url.startsWith('sqlite:')) return url.slice('sqlite:'.length);
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port === '' ? '5432' : port}${pathname}`;
}
