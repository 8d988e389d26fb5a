import { chunks } from '../../../../core/model/chunks.ts';
import type { Ask } from '../../../../core/model/reading.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { type Client, queuedAs } from '../api/client.ts';
import type { Projects } from '../api/projects.ts';
import { bytesOf, MAX_URL_BYTES, TOTALS } from '../api/query.ts';
import { readTotals, type Table } from '../api/rows.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import { type Apart, searchKeyOf } from './apart.ts';
import { askShared } from './shared-totals.ts';
import { isEmpty, type Target, targetOf } from './target.ts';

/** The totals of all filters of a read. They are asked for before anything else is. */
export interface AllTotals {
  /** Where each filter of the read is looked for first. */
  targetOf(ask: Ask): Target;
  /**
   * For one filter. `alongside` ends when what it asks for itself at the same time is there; null: it asks for nothing
   * else. Rejects when the totals cannot be had.
   */
  of(target: Target, alongside: Promise<unknown> | null): Promise<Table>;
}

export interface TotalsOptions {
  readonly client: Client;
  readonly projects: Projects;
  /** Kept from read to read. */
  readonly apart: Apart;
}

/** Projects in one shared request: their totals are one page. */
const PER_REQUEST = 100;

/** Waits for the totals of one filter; see `AllTotals.of`. */
type Asked = (alongside: Promise<unknown> | null) => Promise<Table>;

/** Filters that differ in their projects only share a request. Rejects when the projects cannot be had. */
export async function askTotals(
  asks: readonly Ask[],
  options: TotalsOptions,
  scope: Scope,
  clock: Clock,
): Promise<AllTotals> {
  const targets = await targetsOf(asks, options.projects, scope);
  const own = (target: Target): Promise<Table> => askOwn(target, options.client, scope);
  const asked = new Map<Target, Asked>();
  for (const set of setsOf([...targets.values()])) {
    const parts = partsOf(set, options.client);
    const isShared = parts.length < set.length && !options.apart.has(set[0]!.selection);
    const answers = isShared ? askShared(set, parts, { ...options, ...clock, own }, scope) : set.map(askAhead(own));
    set.forEach((target, index) => asked.set(target, answers[index]!));
  }
  return {
    targetOf: (ask) => targets.get(ask)!,
    // What was narrowed since is another target, and asked for by itself.
    of: (target, alongside) => asked.get(target)?.(alongside) ?? own(target),
  };
}

async function targetsOf(asks: readonly Ask[], projects: Projects, scope: Scope): Promise<ReadonlyMap<Ask, Target>> {
  await projects.resolve([...new Set(asks.flatMap(({ filter }) => filter.projects))], scope);
  return new Map(await Promise.all(asks.map(async (ask) => [ask, await targetOf(ask, projects, scope)] as const)));
}

/** Filters by what they search, environments and window included. */
function setsOf(targets: readonly Target[]): Iterable<readonly Target[]> {
  return Map.groupBy(
    targets.filter((target) => !isEmpty(target)),
    ({ selection }) => JSON.stringify([searchKeyOf(selection), selection.window.start]),
  ).values();
}

function askOwn({ ask, selection }: Target, client: Client, scope: Scope): Promise<Table> {
  return readTotals(client, selection, queuedAs(scope, PRIORITY.totals, ask.filter.name));
}

/** Asks at once. */
function askAhead(own: (target: Target) => Promise<Table>): (target: Target) => Asked {
  return (target) => {
    const answer = own(target);
    // Whoever waits for it hears of the failure.
    answer.catch(() => undefined);
    return () => answer;
  };
}

/** Ids of the set's projects, cut so that each part fits into one request. */
function partsOf(set: readonly Target[], client: Client): readonly (readonly string[])[] {
  const ids = [...new Set(set.flatMap(({ selection }) => selection.projectIds))];
  const base = client.url('events').length + bytesOf(TOTALS, { ...set[0]!.selection, projectIds: [] });
  const longest = Math.max(...ids.map((id) => `&project=${id}`.length));
  return chunks(ids, Math.max(1, Math.min(PER_REQUEST, Math.floor((MAX_URL_BYTES - base) / longest))));
}
