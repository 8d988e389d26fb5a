import * as z from 'zod/mini';
import { HOUR_MS } from '../../../../core/model/window.ts';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from './client.ts';
import { NoOrganization } from './list-projects.ts';
import { within } from './read-deadline.ts';

/** What a server can be read by: its events table, or only the pages of its projects' events. */
export type ApiKind = 'table' | 'pages';

/** As it is found out: a table may hold transactions besides errors (self-hosted before dataset=errors). */
export type ServerKind = ApiKind | 'mixed table';

/** A server may be updated while we run. */
const MAX_AGE_MS = HOUR_MS;
/** The cheapest question to the table. NOTE: without an environment: an unknown one is a 404 too. */
const PROBE = [
  ['dataset', 'errors'],
  ['field', 'count()'],
  ['query', ''],
  ['statsPeriod', '1h'],
  ['project', '-1'],
  ['per_page', '1'],
] as const;

/** Longest wait for the probe, ms: a server that hangs is left to those who read it. */
const PROBE_MS = 10_000;

/** Finds out what the server can be read by, at most once an hour. */
export interface ApiDetector {
  /**
   * What is known, or else found out now. Never rejects: while nothing is known, whoever reads the table will meet the
   * same trouble.
   */
  find(scope: Scope): Promise<ServerKind>;
  /** Null: nothing is known yet. */
  known(): ServerKind | null;
  /** Asks again when what is known is old; the answer counts from the next `find` on. */
  renew(scope: Scope): Promise<void>;
}

/** A setting has fixed it. */
export function fixedApi(kind: ApiKind): ApiDetector {
  return { find: async () => kind, known: () => kind, renew: async () => undefined };
}

/** `findOrganization` rejects with NoOrganization when there is none: then no 404 says anything of the server. */
export function createApiDetector(
  client: Client,
  now: () => number,
  findOrganization: (scope: Scope) => Promise<unknown>,
): ApiDetector {
  let known: { readonly kind: ServerKind; readonly at: number } | null = null;
  let asking: Promise<ServerKind> | null = null;
  let last: ServerKind | null = null;
  let lastRun: string | null = null;
  const ask = async (scope: Scope): Promise<ServerKind> => {
    const before = known?.kind;
    lastRun = scope.runId;
    const early = within(scope, PROBE_MS, `it had ${PROBE_MS / 1000} s`);
    const found = await probe(client, early).finally(() => early.close());
    const kind = found === 'pages' && !(await isThere(findOrganization, scope)) ? null : found;
    if (kind === null) return before ?? 'table';
    // A table that answered is there. A 404 may be a proxy's: it is believed for an hour when two runs in a row say so.
    const isSure = kind !== 'pages' || last === 'pages';
    last = kind;
    if (!isSure && before !== undefined && before !== 'pages') return before;
    if (kind !== before) scope.log.info({ kind, before }, SAID[kind]);
    known = { kind, at: isSure ? now() : -Infinity };
    return kind;
  };
  const askOnce = (scope: Scope): Promise<ServerKind> => (asking ??= ask(scope).finally(() => (asking = null)));
  return {
    find: async (scope) => known?.kind ?? askOnce(scope),
    known: () => known?.kind ?? null,
    renew: async (scope) => {
      if (known !== null && lastRun !== scope.runId && now() - known.at >= MAX_AGE_MS) await askOnce(scope);
    },
  };
}

function isThere(find: (scope: Scope) => Promise<unknown>, scope: Scope): Promise<boolean> {
  return find(scope).then(
    () => true,
    (error: unknown) => !(error instanceof NoOrganization),
  );
}

const SAID: Readonly<Record<ServerKind, string>> = {
  table: 'this Sentry has an events table',
  'mixed table': 'this Sentry has an events table without datasets: transactions are left out by the search',
  pages: 'this server has no events table: its events are read page by page',
};

/**
 * Null: the answer does not tell. That there is no table of errors shows as a 404, as the bare list of an old endpoint,
 * or as a 400 with the datasets there are; that no dataset was looked at, as a `meta` without its name.
 */
async function probe(client: Client, scope: Scope): Promise<ServerKind | null> {
  try {
    const { body } = await client.get(client.url('events'), PROBE, scope);
    if (Array.isArray(body)) return 'pages';
    const table = Table.safeParse(body);
    if (!table.success) return null;
    return table.data.meta?.dataset === 'errors' ? 'table' : 'mixed table';
  } catch (error) {
    if (error instanceof UpstreamError && (error.status === 404 || isUnknownDataset(error))) return 'pages';
    scope.log.warn({ error: faultOf(error).message }, 'the kind of server could not be asked');
    return null;
  }
}

const Table = z.object({
  data: z.array(z.unknown()),
  meta: z.catch(z.nullish(z.object({ dataset: z.optional(z.unknown()) })), null),
});

/** `dataset must be one of: …`, and errors are none of them. */
function isUnknownDataset({ status, facts: { detail = '' } }: UpstreamError): boolean {
  return status === 400 && /dataset must be one of/i.test(detail) && !/\berrors\b/.test(detail);
}
