import { LedgerRefused, LedgerTrouble } from '../../../core/model/errors.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Deps, Disk } from '../../../integrations/plugin.ts';
import { lookAtFile, pathOf } from './place.ts';

/** What a database's or the network's code means. */
const TROUBLES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'cannot connect (ECONNREFUSED): nothing listens there; check host and port, and that PostgreSQL runs',
  ENOTFOUND: 'cannot connect (ENOTFOUND): there is no such host; check the host in it',
  EAI_AGAIN: 'cannot connect (EAI_AGAIN): the name server does not answer',
  ETIMEDOUT: 'cannot connect (ETIMEDOUT); check host and port, and what stands between',
  ECONNRESET: 'the connection broke (ECONNRESET); check that a PostgreSQL listens there',
  '28P01': 'user or password is wrong; check both, with odd signs URL-encoded',
  '28000': 'the server does not let this user in from here; check the user, and pg_hba.conf there',
  '3D000': 'there is no such database; create it, or mend its name at the end',
  '42501': 'the user may not make or change tables there; grant it CREATE on the schema',
};

/** Opens it apart from the ledger in use, reads the version of its tables, and writes. */
export async function* examine(
  url: string,
  leaseMs: number,
  { name, deps, disk }: { readonly name: string; readonly deps: Deps; readonly disk: Disk },
): AsyncGenerator<Finding> {
  const path = pathOf(url);
  const ahead = path === undefined ? undefined : lookAtFile(path, name, disk);
  if (ahead !== undefined) {
    yield ahead;
    return;
  }
  const finding = (status: Finding['status'], say: string): Finding => ({
    check: name,
    status,
    variable: 'LEDGER_URL',
    say,
  });
  const began = deps.now();
  try {
    const { probe } = await import('../../database/probe.ts');
    const { version, newest } = await probe(url, { now: deps.now, log: deps.log, leaseMs });
    const where = path === undefined ? `PostgreSQL at ${new URL(url).host}` : `the SQLite file ${path}`;
    const tables =
      version === null ? 'has no tables yet' : `has tables of version ${version}${comparison(version, newest)}`;
    yield finding('ok', `${where} opens, ${tables}, and takes writes, in ${Math.round(deps.now() - began)} ms`);
  } catch (error) {
    yield finding('failed', wordsOf(error, deps));
  }
}

function comparison(version: number, newest: number): string {
  if (version === newest) return '';
  return version < newest ? ` (the service makes them ${newest})` : ` (this program knows ${newest}, and can use them)`;
}

/** NOTE: a database's own words may hold what it was told. */
function wordsOf(error: unknown, { redact }: Pick<Deps, 'redact'>): string {
  const { code } = error as { readonly code?: unknown };
  const known = typeof code === 'string' ? TROUBLES[code] : undefined;
  if (known !== undefined) return known;
  if (error instanceof LedgerRefused) return redact(error.message);
  if (error instanceof LedgerTrouble)
    return redact(error.remedy === undefined ? error.message : `${error.message}; ${error.remedy}`);
  return redact(`cannot be used: ${error instanceof Error ? error.message : String(error)}`);
}
