import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { type Client, queuedAs } from '../api/client.ts';
import type { Selection } from '../api/query.ts';
import { idIn } from '../api/row.ts';
import { readTotals, type Table } from '../api/rows.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import type { Apart } from './apart.ts';
import type { Target } from './target.ts';

export interface SharedOptions extends Clock {
  readonly client: Client;
  readonly apart: Apart;
  /** Asks for the totals of one filter alone. */
  own(target: Target): Promise<Table>;
}

/** Part of the time left that a filter waits for a shared request when it asks for nothing else: then it asks alone. */
const PATIENCE = 1 / 3;
/** How much longer than its own rows a filter waits for totals that it shares, ms. */
const GRACE_MS = 1000;

/**
 * Asks for the totals of all projects of a set of filters. Gives back, filter by filter, how to wait for its own;
 * `alongside` as in `AllTotals.of`. `parts`: ids of the projects, by request.
 */
export function askShared(
  set: readonly Target[],
  parts: readonly (readonly string[])[],
  { client, apart, own, now, sleep }: SharedOptions,
  scope: Scope,
): readonly ((alongside: Promise<unknown> | null) => Promise<Table>)[] {
  const { selection } = set[0]!;
  const shared = askParts(parts, selection, client, scope);
  const patienceMs = Math.round((scope.deadline - now()) * PATIENCE);
  let users = set.length;
  return set.map((target) => async (alongside) => {
    const mine = shared.of(target.selection.projectIds);
    const table = await orLate(mine, async (signal) => {
      await alongside;
      await sleep(alongside === null ? patienceMs : GRACE_MS, AbortSignal.any([scope.signal, signal]));
    });
    if (table !== null) return table;
    const alone = own(target);
    void alone.then(
      () => apart.add(selection),
      () => undefined,
    );
    return Promise.any([alone, mine])
      .catch(() => alone)
      .finally(() => {
        if (--users === 0) shared.stop();
      });
  });
}

interface Parts {
  /** The rows of these projects. Rejects when they cannot be had whole. */
  of(projectIds: readonly string[]): Promise<Table>;
  /** Nobody waits any more. */
  stop(): void;
}

function askParts(parts: readonly (readonly string[])[], selection: Selection, client: Client, scope: Scope): Parts {
  const stop = new AbortController();
  // NOTE: with the run's own deadline: a pause that Sentry asks for holds up each filter's own request just as long.
  const until: Scope = { ...scope, signal: AbortSignal.any([scope.signal, stop.signal]) };
  const asked = parts.map((projectIds) => ({
    projectIds,
    table: readTotals(client, { ...selection, projectIds }, queuedAs(until, PRIORITY.totals)),
  }));
  for (const { table } of asked) table.catch(() => undefined);
  return {
    of: async (projectIds) => {
      const needed = asked.filter((part) => part.projectIds.some((id) => projectIds.includes(id)));
      return wholeOf(await Promise.all(needed.map(({ table }) => table)), projectIds);
    },
    stop: () => stop.abort(),
  };
}

/** The rows of these projects. Rejects when a part was not read whole: whose trouble it is shows when all ask alone. */
function wholeOf(tables: readonly Table[], projectIds: readonly string[]): Table {
  const rows = tables.flatMap((table) => table.rows);
  if (tables.some(({ gaps }) => gaps.length > 0)) throw new Error('not read whole');
  return { rows: rows.filter((row) => projectIds.includes(idIn(row, 'project.id') ?? '')), gaps: [] };
}

/** Null when the table cannot be had, or the patience is over first. Without patience at all (it rejects): no haste. */
async function orLate(table: Promise<Table>, patience: (signal: AbortSignal) => Promise<void>): Promise<Table | null> {
  const settled = new AbortController();
  const late = patience(settled.signal).then(
    () => null,
    () => table,
  );
  try {
    return await Promise.race([table, late]);
  } catch {
    return null;
  } finally {
    settled.abort();
  }
}
