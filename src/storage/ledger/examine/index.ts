import type { Finding } from '../../../core/ports/finding.ts';
import type { Deps, Disk } from '../../../integrations/plugin.ts';
import { lookAtFile, pathOf } from './place.ts';
import { troubleWords } from './trouble-words.ts';

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
    const { twinsIn } = await import('./twins.ts');
    const { version, newest, seen } = await probe(url, { now: deps.now, log: deps.log, leaseMs }, twinsIn);
    const where = path === undefined ? `PostgreSQL at ${new URL(url).host}` : `the SQLite file ${path}`;
    const tables =
      version === null ? 'has no tables yet' : `has tables of version ${version}${comparison(version, newest)}`;
    yield finding('ok', `${where} opens, ${tables}, and takes writes, in ${Math.round(deps.now() - began)} ms`);
    for (const twin of seen ?? [])
      yield {
        check: `${name} servers`,
        status: 'warning',
        variable: 'SERVER_NAME',
        say: `two live processes are named ${twin}, so each may repeat what the other sends; give each its own name`,
      };
  } catch (error) {
    yield finding('failed', deps.redact(troubleWords(error, url)));
  }
}

function comparison(version: number, newest: number): string {
  if (version === newest) return '';
  return version < newest ? ` (the service makes them ${newest})` : ` (this program knows ${newest}, and can use them)`;
}
