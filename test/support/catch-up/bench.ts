import type { Sandbox } from '../../../sandbox/index.ts';
import type { Claimed } from '../../../src/core/ports/claims.ts';
import { createDatabase } from '../../../src/storage/database/database.ts';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { createLogBook } from '../build/scope.ts';
import { type LedgerBench, openLedgerBench } from '../e2e/bench.ts';
import type { Json } from '../e2e/json.ts';
import { taken } from '../e2e/received-records.ts';
import type { FilterSpec, Posted, Service } from '../e2e/service.ts';
import { claimsDeps } from '../ledger/ledgers.ts';

const FIVE_MS = 300_000;
/** The first window of each story. */
const FIRST = Date.UTC(2026, 10, 20, 10, 0);
const SINKS = ['newrelic', 'anodot'] as const;

/** A sandbox and services with one SQLite file, on a clock that the test moves from window to window. */
export interface CatchUpBench extends Omit<LedgerBench, 'serve'> {
  /** Events of one project in the windows from `from` to before `to` (their numbers): each has another count. */
  fill(projects: readonly string[], from: number, to: number): void;
  serve(filters: readonly FilterSpec[], env?: Readonly<Record<string, string>>, server?: string): Promise<Service>;
  /** Moves the clock to where the n-th window has just settled. */
  at(window: number): void;
  /** The ledger has it that these windows were delivered to both sinks. */
  delivered(filters: readonly FilterSpec[], windows: readonly number[]): Promise<void>;
  /** The clock goes to the n-th window and a plain post is made. */
  tick(service: Service, window: number): Promise<Posted>;
}

export async function openCatchUpBench(): Promise<CatchUpBench> {
  const bench = await openLedgerBench({ time: 'jump' });
  const at = (window: number): void => bench.clock.advance(startOf(window) + FIVE_MS + 150_000 - bench.clock.now());
  return {
    ...bench,
    at,
    fill: (projects, from, to) => {
      for (const slug of projects)
        if (!bench.sandbox.world.projects().some((it) => it.slug === slug)) bench.sandbox.world.addProject({ slug });
      for (let window = from; window < to; window++) {
        bench.sandbox.world.addEvents(
          projects.map((project, n) => ({
            at: startOf(window) + 60_000,
            project,
            issue: 100 + n,
            title: `Error: ${n}`,
            user: 'id:1',
            repeat: countOf(n, window),
          })),
        );
      }
    },
    // NOTE: leases are renewed after a third of their time, and the clock must not jump to that.
    serve: (filters, env = {}, server = 'host-1') =>
      bench.serve(filters, { LEDGER_URL: bench.ledgerUrl, LEASE_SECONDS: '600', RECOUNT: 'off', ...env }, { server }),
    delivered: async (filters, windows) => {
      const database = createDatabase(bench.ledgerUrl, {
        now: bench.clock.now,
        leaseMs: 600_000,
        log: createLogBook(),
      });
      const claims = sqlClaims(database, claimsDeps);
      const keys = windows.flatMap((window) =>
        filters.flatMap(({ name }) =>
          SINKS.map((sink) => ({ reportId: `${name}@${isoOfWindow(window)}`, revision: 0, sink })),
        ),
      );
      const answers = await claims.claim(keys, 600_000);
      await claims.settle(
        keys.map((key, index) => ({
          key,
          token: tokenOf(answers[index]),
          receipt: { accepted: 1, refused: [], uncertain: 0, failed: 0, refs: [] },
          done: true,
          delivered: new Map(),
        })),
      );
      await database.close();
    },
    tick: (service, window) => {
      at(window);
      return service.post();
    },
  };
}

function tokenOf(claimed: Claimed | undefined): string {
  if (claimed?.status !== 'ours') throw new Error(`not ours: ${String(claimed?.status)}`);
  return claimed.token;
}

export function startOf(window: number): number {
  return FIRST + window * FIVE_MS;
}

export function isoOfWindow(window: number): string {
  return new Date(startOf(window)).toISOString();
}

/** Of the n-th project in a window: never the same in two windows in a row. */
export function countOf(n: number, window: number): number {
  return 1 + n + (window % 7);
}

/** What arrived, as `<sink> <filter> <window's number>` with its event counts. */
export function booked({ world }: Sandbox): Readonly<Record<string, readonly number[]>> {
  const { events, samples } = taken(world.received);
  const found: Record<string, number[]> = {};
  const add = (sink: string, filter: Json, start: number, value: Json): void =>
    void (found[`${sink} ${String(filter)} ${(start - FIRST) / FIVE_MS}`] ??= []).push(Number(value));
  for (const it of events)
    if (it['type'] === 'filter_count') add('newrelic', it['filter'], Number(it['windowStart']), it['value']);
  for (const it of samples)
    if (it['properties'].what === 'sentry_events')
      add('anodot', it['properties'].filter, Number(it['timestamp']) * 1000, it['value']);
  return found;
}

/** What must have arrived: of each filter its one project, by the filter's place, each window once. */
export function due(
  filters: readonly FilterSpec[],
  windows: readonly number[],
  sinks: readonly string[] = SINKS,
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    windows.flatMap((window) =>
      filters.flatMap(({ name }, n) => sinks.map((sink) => [`${sink} ${name} ${window}`, [countOf(n, window)]])),
    ),
  );
}

export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
