import { LedgerTrouble } from '../../core/model/errors.ts';

/** SQLite's result codes by their last byte; the rest says where it happened. */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'is locked by another process',
  6: 'is locked by another process',
  8: 'can only be read',
  10: 'cannot be reached on its disk',
  11: 'is damaged',
  13: 'has no room, its disk is full',
  14: 'cannot be opened, check the folder and its rights',
  26: 'is damaged',
};
const POSTGRES: Readonly<Record<string, string>> = {
  '25006': 'can only be read, this PostgreSQL is a standby or was made read-only',
  '53100': 'has no room, its disk is full',
  '53200': 'has no memory left',
  '55P03': 'is locked by somebody else',
  '57014': 'does not answer in time, somebody else may hold a lock',
};

/** What a database's error means for the ledger, in the database's words too; others as they are. */
export function troubleOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof LedgerTrouble) return error;
  const { errcode, code } = error as { readonly errcode?: unknown; readonly code?: unknown };
  const what = typeof errcode === 'number' ? SQLITE[errcode & 0xff] : POSTGRES[String(code)];
  return what === undefined ? error : new LedgerTrouble(`the ledger ${what}: ${error.message}`);
}
