import { LedgerTrouble } from '../../core/model/errors.ts';

/** What an error means; `remedy`: what a person must do, where it does not pass by itself. */
interface Meaning {
  readonly what: string;
  readonly remedy?: string;
}

const LOCKED: Meaning = { what: 'is locked by another process' };
const DAMAGED: Meaning = {
  what: 'is damaged',
  remedy: 'put a good copy in its place, or move the file away and begin a new one',
};
const UNREACHABLE: Meaning = { what: 'cannot be reached' };

/** SQLite's result codes by their last byte; the rest says where it happened. */
const SQLITE: Readonly<Record<number, Meaning>> = {
  5: LOCKED,
  6: LOCKED,
  8: { what: 'can only be read', remedy: 'let this user write the file and its folder' },
  10: { what: 'cannot be reached on its disk' },
  11: DAMAGED,
  13: { what: 'has no room, its disk is full' },
  14: {
    what: 'cannot be opened, check the folder and its rights',
    remedy: 'make the folder, and let this user read and write in it',
  },
  26: { what: 'is no SQLite file', remedy: 'name another file, or move this one away' },
};
const POSTGRES: Readonly<Record<string, Meaning>> = {
  '25006': { what: 'can only be read, this PostgreSQL is a standby or was made read-only' },
  '28000': { what: 'lets this user not in', remedy: 'mend the user, or what pg_hba.conf allows it' },
  '28P01': { what: 'refuses the password', remedy: 'mend user and password (signs in it URL-encoded)' },
  '3D000': { what: 'is not there', remedy: 'create the database, or mend its name' },
  '42501': {
    what: 'does not give this user a right',
    remedy: 'grant it to enter this database, and to make and write tables there',
  },
  '53100': { what: 'has no room, its disk is full' },
  '53200': { what: 'has no memory left' },
  '53300': { what: 'has no connection left' },
  '55P03': { what: 'is locked by somebody else' },
  '57014': { what: 'does not answer in time, somebody else may hold a lock' },
  '57P03': { what: 'does not take connections yet' },
  ...Object.fromEntries(
    ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT'].map(
      (code) => [code, UNREACHABLE],
    ),
  ),
};
/** What the client of PostgreSQL says without any code. */
const WORDS: readonly (readonly [RegExp, Meaning])[] = [
  [/^(?:timeout exceeded when trying to connect|Connection terminated|Query read timeout)/, UNREACHABLE],
  [
    /^SASL: .*client password must be/,
    { what: 'wants a password, and its URL has none', remedy: 'write it as postgres://user:password@host/database' },
  ],
  [
    /^The server does not support SSL connections/,
    { what: 'speaks no TLS, which its URL wants', remedy: 'leave out sslmode, or turn on TLS there' },
  ],
];

/** What a database's error means for the ledger, in the database's words too; others as they are. */
export function troubleOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof LedgerTrouble) return error;
  const { errcode, code } = error as { readonly errcode?: unknown; readonly code?: unknown };
  const known = typeof errcode === 'number' ? SQLITE[errcode & 0xff] : POSTGRES[String(code)];
  const meaning = known ?? WORDS.find(([words]) => words.test(error.message))?.[1];
  if (meaning === undefined) return error;
  // NOTE: of a host with several addresses the error has a code and no words.
  const words = error.message === '' ? String(code) : error.message;
  return new LedgerTrouble(
    `the ledger ${meaning.what}: ${words}`,
    meaning.remedy,
    typeof code === 'string' ? code : undefined,
  );
}
