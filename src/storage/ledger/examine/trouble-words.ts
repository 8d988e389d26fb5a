import { LedgerRefused, LedgerTrouble } from '../../../core/model/errors.ts';
import type { ProbeFailed, ProbeStep } from '../../database/probe.ts';

/** Who is let in, and into what, as the URL of a PostgreSQL says it. */
interface Names {
  readonly user: string;
  readonly database: string;
}

/** What a database's or the network's code means. */
const TROUBLES: Readonly<Record<string, string | ((names: Names) => string)>> = {
  ECONNREFUSED: 'cannot connect (ECONNREFUSED): nothing listens there; check host and port, and that PostgreSQL runs',
  ENOTFOUND: 'cannot connect (ENOTFOUND): there is no such host; check the host in it',
  EAI_AGAIN: 'cannot connect (EAI_AGAIN): the name server does not answer',
  ETIMEDOUT: 'cannot connect (ETIMEDOUT); check host and port, and what stands between',
  ECONNRESET: 'the connection broke (ECONNRESET); check that a PostgreSQL listens there',
  '28P01': ({ user }) => `the user ${user} or its password is wrong; check both, with odd signs URL-encoded`,
  '28000': ({ user }) => `the server does not let the user ${user} in from here; check the user, and pg_hba.conf there`,
  '3D000': ({ database }) => `there is no database ${database}; create it, or mend its name at the end`,
};

/** What to grant to a user who may not do something (42501). */
const MISSING: Readonly<Record<ProbeStep, (names: Names) => string>> = {
  enter: ({ user, database }) => `the user ${user} may not enter the database ${database}; grant it CONNECT`,
  make: ({ user, database }) =>
    `the user ${user} may not make tables in the database ${database}; grant it CREATE on the schema`,
  use: ({ user }) => `its tables are there, but the user ${user} may not read and write them; make it their owner`,
};
const DENIED = '42501';

/** Why a ledger cannot be used and what to do. NOTE: a database's own words may hold what it was told. */
export function troubleWords(error: unknown, url: string): string {
  const { step, cause } = error as ProbeFailed;
  const code = String((cause as { readonly code?: unknown }).code);
  const known = code === DENIED ? MISSING[step] : TROUBLES[code];
  if (known !== undefined) return typeof known === 'string' ? known : known(namesIn(url));
  if (cause instanceof LedgerRefused) return cause.message;
  if (cause instanceof LedgerTrouble)
    return cause.remedy === undefined ? cause.message : `${cause.message}; ${cause.remedy}`;
  return `cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** NOTE: without a database, a PostgreSQL's client takes the one that is called as the user. */
function namesIn(url: string): Names {
  const { username, pathname } = new URL(url);
  const [user, database] = [username, pathname.slice(1)].map(decoded) as [string, string];
  return { user: user || '(none in the URL)', database: database || user };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
