import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Ask } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { Project, Projects } from '../api/projects.ts';
import { type Selection, selectionOf, tableParams, TOTALS } from '../api/query.ts';
import { NO_TABLE, type Table } from '../api/rows.ts';
import type { Baselines, Counts } from './baselines.ts';

export interface ReaderOptions {
  readonly client: Client;
  readonly baselines: Baselines;
  readonly projects: Projects;
  /** Rows of issues, and of splits, that are read at most. */
  readonly maxRows: number;
  /** Base of the pages for people. */
  readonly web: string;
}

/** What the table said, in one step. */
export interface TableParts {
  readonly totals: Table;
  readonly rows: Table;
  readonly splits: Table;
  /** The biggest issues of the hour before, perhaps still under way: details go before it. Never rejects. Null: not asked. */
  readonly hour: Promise<Counts | Gap> | null;
}

const NO_PARTS: TableParts = { totals: NO_TABLE, rows: NO_TABLE, splits: NO_TABLE, hour: null };

/** What of a filter Sentry lets us see, and what it said of that. */
export interface Narrowed {
  readonly projects: readonly Project[];
  readonly selection: Selection;
  readonly parts: TableParts;
  readonly gaps: readonly Gap[];
  readonly warnings: readonly string[];
}

type ReadParts = (selection: Selection) => Promise<TableParts>;

/** A project that was just deleted, then one that is forbidden, then an environment: no more can change in one window. */
const ROUNDS = 4;

/**
 * Reads a filter, narrowed as often as Sentry refuses the whole request for one part of it: one bad project is a
 * 403 (SA §2.5), one unknown environment a 404 (SA §13.6). What was left out is a gap or a warning.
 */
export async function narrow(ask: Ask, options: ReaderOptions, scope: Scope, readParts: ReadParts): Promise<Narrowed> {
  const { projects } = options;
  let environments = ask.filter.environments;
  const warnings: string[] = [];
  for (let round = 1; ; round++) {
    const resolved = await projects.resolve(ask.filter.projects, scope);
    const selection = selectionOf(
      ask,
      resolved.projects.map(({ id }) => id),
      environments,
    );
    const isEmpty = resolved.projects.length === 0 || (ask.filter.environments.length > 0 && environments.length === 0);
    const parts = isEmpty ? NO_PARTS : await readParts(selection).catch((error: unknown) => refusalOf(error, round));
    if (!(parts instanceof UpstreamError)) return { ...resolved, selection, parts, warnings };
    if (parts.status === 403) await dropProjects(resolved.projects, parts, ask, options, scope);
    else {
      const known = await knownEnvironments(ask, environments, resolved.projects, options, scope);
      for (const name of environments.filter((it) => !known.includes(it)))
        warnings.push(`environment ${name} does not exist in Sentry yet, so it counts as zero`);
      environments = known;
    }
  }
}

/** The error, a 403 or a 404, when narrowing may help; else throws it. */
function refusalOf(error: unknown, round: number): UpstreamError {
  // A 404 without a body is another one: the events table is switched off, or the gateway does not know the organization (SA §1.3).
  const isNarrow =
    error instanceof UpstreamError && (error.status === 403 || (error.status === 404 && error.facts.detail !== ''));
  if (!isNarrow || round === ROUNDS) throw error;
  return error;
}

/**
 * Finds out which projects spoil the request: those that are gone from the list, else those refused one by one. When none
 * can be read and the list does not say why, the refusal is not about a project (a token in trouble, a gateway): it is thrown.
 */
async function dropProjects(
  projects: readonly Project[],
  refusal: UpstreamError,
  ask: Ask,
  options: ReaderOptions,
  scope: Scope,
): Promise<void> {
  await options.projects.refresh(scope);
  const now = await options.projects.resolve(
    projects.map(({ slug }) => slug),
    scope,
  );
  if (now.gaps.length > 0) return;
  const probed = await Promise.all(
    now.projects.map(async (project) => ({ ...project, ...(await probe(ask, [project.id], [], options, scope)) })),
  );
  const refused = probed.filter(({ status }) => status === 403);
  const isWholesale =
    !probed.some(({ status }) => status === 200) && refused.some(({ hasAccess }) => hasAccess !== false);
  if (isWholesale) throw refusal;
  for (const { id, words } of refused) options.projects.forbid(id, words);
}

async function knownEnvironments(
  ask: Ask,
  names: readonly string[],
  projects: readonly Project[],
  options: ReaderOptions,
  scope: Scope,
): Promise<readonly string[]> {
  if (names.length === 0)
    throw new UpstreamError(
      `${options.client.name}: answered 404: no events table for ${options.client.org}; check SENTRY_URL and SENTRY_ORG`,
      { service: options.client.name, status: 404, retryable: false },
    );
  if (names.length === 1) return [];
  const ids = projects.map(({ id }) => id);
  const probed = await Promise.all(names.map((name) => probe(ask, ids, [name], options, scope)));
  return names.filter((_, index) => probed[index]?.status !== 404);
}

/** The status of a small request: 200, 403 or 404, and Sentry's own words of it. Other trouble is thrown. */
async function probe(
  ask: Ask,
  projectIds: readonly string[],
  environments: readonly string[],
  { client }: ReaderOptions,
  scope: Scope,
): Promise<{ readonly status: number; readonly words: string }> {
  try {
    await client.get(client.url('events'), tableParams(TOTALS, selectionOf(ask, projectIds, environments)), scope);
    return { status: 200, words: '' };
  } catch (error) {
    if (error instanceof UpstreamError && (error.status === 403 || error.status === 404))
      return { status: error.status, words: error.facts.detail ?? '' };
    throw error;
  }
}
