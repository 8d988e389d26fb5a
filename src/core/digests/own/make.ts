import type { OwnReport } from '../../model/alerting/own-report.ts';
import { type DigestPlan, zoneOf } from '../../model/alerting/digest-plan.ts';
import { faultOf } from '../../model/errors.ts';
import { isoOf } from '../../model/window.ts';
import { channelsOf, jobsOf, runsOf } from './counted.ts';
import type { OwnDeps, OwnSlot } from './deps.ts';
import { findingsOf } from './findings.ts';
import { watchesOf } from './watched.ts';

/** Reads all that the report of the service says. What cannot be read is said in it. */
export async function makeOwn(
  { name, at }: Pick<DigestPlan, 'name' | 'at'>,
  slot: OwnSlot,
  deps: OwnDeps,
): Promise<OwnReport> {
  const unknown: string[] = [];
  const known = knowing(unknown);
  const { books, version: program, node } = deps;
  const accounts = await known('runs and messages', () => books.accounts(slot));
  const jobs = await known('jobs', () => books.jobs.all());
  const watches = await known('watches', () => watchesOf(deps, slot));
  const size = await known('the size of the ledger', () => books.size());
  const disk = await known('the disk', () => deps.disk(size?.folder ?? null));
  const facts = {
    runs: accounts && runsOf(accounts.runs),
    jobs: jobs && jobsOf(jobs.filter((job) => deps.isWanted(job))),
    watches: watches?.watches ?? null,
    certificates: watches?.certificates ?? null,
    messages: accounts && channelsOf(accounts),
    rejects: accounts && accounts.rejects.filter(({ rejects, notes }) => rejects + notes > 0),
    ledger: size && { kind: size.kind, bytes: size.bytes, free: size.free },
    disk,
    versions: { program, node, schema: size?.schema ?? null },
  };
  return {
    name,
    slot: { start: isoOf(slot.start), end: isoOf(slot.end) },
    zone: zoneOf(at),
    late: slot.late,
    findings: [
      ...findingsOf(facts, deps.hasBackup()),
      ...(size === null || size.schema <= size.newest ? [] : [newerText(size)]),
    ],
    unknown,
    ...facts,
  };
}

function newerText({ schema, newest }: { readonly schema: number; readonly newest: number }): string {
  return `the ledger's tables have version ${schema}, and this program makes ${newest}: another server is newer`;
}

type Known = <T>(what: string, read: () => Promise<T> | T) => Promise<T | null>;

/** What cannot be read is null, and is said. */
function knowing(unknown: string[]): Known {
  return async (what, read) => {
    try {
      return await read();
    } catch (error) {
      unknown.push(`${what} could not be read: ${faultOf(error).message}`);
      return null;
    }
  };
}
