import type { Ask } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { type Client, errand } from '../api/client.ts';
import type { Projects } from '../api/projects.ts';
import { bytesOf, MAX_URL_BYTES, type Selection, selectionOf, TOTALS } from '../api/query.ts';
import { idIn, numberIn, readTable, type Table } from '../api/rows.ts';
import { RANKS } from '../limits/priority-queue.ts';

/** The totals of all filters of a read. They are asked for before anything else is. */
export interface AllTotals {
  /** For one filter; `alongside` ends when what it asks for itself at the same time is there; null: it asks for nothing else. Rejects when the totals cannot be had. */
  of(ask: Ask, selection: Selection, alongside: Promise<unknown> | null): Promise<Table>;
}

export interface TotalsOptions {
  readonly client: Client;
  readonly projects: Projects;
  /** Sets that are not asked together for now, with the end of that, epoch ms. Kept from read to read. */
  readonly apart: Map<string, number>;
}

export interface TotalsDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** More projects than a filter can name in one request. */
export const MAX_TOTALS = 10_000;
/** Projects in one shared request: their totals are one page. */
const PER_REQUEST = 100;
/** Part of the time left that a filter waits for a shared request when it asks for nothing else: then it asks for itself. */
const PATIENCE = 1 / 3;
/** How much longer than its own rows a filter waits for totals that it shares, ms. */
const GRACE_MS = 1000;
/** What could be had apart and not together is asked apart for so long, ms. */
const APART_MS = 600_000;

/** The totals of one filter, as they were asked for. */
interface Asked {
  readonly selection: Selection;
  answer(alongside: Promise<unknown> | null): Promise<Table>;
}

/** Filters that differ in their projects only share a request. Rejects when the projects cannot be had. */
export async function askTotals(
  asks: readonly Ask[],
  options: TotalsOptions,
  scope: Scope,
  deps: TotalsDeps,
): Promise<AllTotals> {
  const own = (ask: Ask, selection: Selection): Promise<Table> =>
    readTable(options.client, TOTALS, selection, MAX_TOTALS, errand(scope, RANKS.totals, ask.filter.name));
  const asked = new Map<Ask, Asked>();
  for (const set of (await setsOf(asks, options, scope)).values()) {
    const shared = share(set, options, scope, deps);
    for (const { ask, selection } of set) {
      const first = shared === null ? own(ask, selection) : null;
      // Whoever waits for it hears of the failure.
      first?.catch(() => undefined);
      asked.set(ask, {
        selection,
        answer: (alongside) => first ?? shared!(selection, alongside, () => own(ask, selection)),
      });
    }
  }
  return {
    of: (ask, selection, alongside) => {
      const found = asked.get(ask);
      asked.delete(ask);
      return found !== undefined && isSame(found.selection, selection) ? found.answer(alongside) : own(ask, selection);
    },
  };
}

interface Planned {
  readonly ask: Ask;
  readonly selection: Selection;
}

/** Filters by what they search, environments and window included. */
async function setsOf(
  asks: readonly Ask[],
  { projects }: TotalsOptions,
  scope: Scope,
): Promise<ReadonlyMap<string, readonly Planned[]>> {
  await projects.resolve([...new Set(asks.flatMap(({ filter }) => filter.projects))], scope);
  const planned = await Promise.all(
    asks.map(async (ask): Promise<Planned> => {
      const resolved = await projects.resolve(ask.filter.projects, scope);
      return {
        ask,
        selection: selectionOf(
          ask,
          resolved.projects.map(({ id }) => id),
          ask.filter.environments,
        ),
      };
    }),
  );
  return Map.groupBy(
    planned.filter(({ selection }) => selection.projectIds.length > 0),
    ({ selection }) => JSON.stringify([keyOf(selection), selection.window.start]),
  );
}

/** NOTE: not which window: what is better asked apart is so in the next one too. */
function keyOf({ query, environments, window }: Selection): string {
  return JSON.stringify([query, environments, window.end - window.start]);
}

function isSame(a: Selection, b: Selection): boolean {
  return JSON.stringify([a.projectIds, a.environments]) === JSON.stringify([b.projectIds, b.environments]);
}

type Shared = (selection: Selection, alongside: Promise<unknown> | null, own: () => Promise<Table>) => Promise<Table>;

/** Asks for the totals of all projects of a set; null: each filter has to ask for itself. */
function share(
  set: readonly Planned[],
  { client, apart }: TotalsOptions,
  scope: Scope,
  { now, sleep }: TotalsDeps,
): Shared | null {
  const { selection } = set[0]!;
  const key = keyOf(selection);
  for (const [old, until] of apart) if (until <= now()) apart.delete(old);
  const parts = partsOf([...new Set(set.flatMap((it) => it.selection.projectIds))], selection, client);
  if (parts.length >= set.length || apart.has(key)) return null;
  const stop = new AbortController();
  // NOTE: with the run's own deadline: a pause that Sentry asks for holds up each filter's own request just as long.
  const until: Scope = { ...scope, signal: AbortSignal.any([scope.signal, stop.signal]) };
  const patienceMs = Math.round((scope.deadline - now()) * PATIENCE);
  const asked = parts.map((projectIds) => ({
    projectIds,
    table: readTable(client, TOTALS, { ...selection, projectIds }, MAX_TOTALS, errand(until, RANKS.totals)),
  }));
  for (const { table } of asked) table.catch(() => undefined);
  let users = set.length;
  return async ({ projectIds }, alongside, own) => {
    const mine = Promise.all(
      asked.filter((part) => part.projectIds.some((id) => projectIds.includes(id))).map(({ table }) => table),
    ).then((tables) => wholeOf(tables, projectIds));
    const settled = new AbortController();
    const late = Promise.resolve(alongside)
      .then(() => sleep(alongside === null ? patienceMs : GRACE_MS, AbortSignal.any([scope.signal, settled.signal])))
      .then(
        () => null,
        () => mine,
      );
    const table = await Promise.race([mine, late]).catch(() => null);
    settled.abort();
    if (table !== null) return table;
    const alone = own();
    void alone.then(
      () => apart.set(key, now() + APART_MS),
      () => undefined,
    );
    return Promise.any([alone, mine])
      .catch(() => alone)
      .finally(() => {
        if (--users === 0) stop.abort();
      });
  };
}

/** The rows of these projects. Rejects when a part was not read whole, or holds what no count is: whose trouble that is shows when each filter asks for itself. */
function wholeOf(tables: readonly Table[], projectIds: readonly string[]): Table {
  const rows = tables.flatMap((table) => table.rows);
  for (const row of rows) for (const field of TOTALS.fields.slice(1)) numberIn(row, field);
  if (tables.some(({ gaps }) => gaps.length > 0)) throw new Error('not read whole');
  return { rows: rows.filter((row) => projectIds.includes(idIn(row, 'project.id') ?? '')), gaps: [] };
}

function partsOf(ids: readonly string[], selection: Selection, client: Client): readonly (readonly string[])[] {
  const base = client.url('events').length + bytesOf(TOTALS, { ...selection, projectIds: [] });
  const longest = Math.max(...ids.map((id) => `&project=${id}`.length));
  const size = Math.max(1, Math.min(PER_REQUEST, Math.floor((MAX_URL_BYTES - base) / longest)));
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
