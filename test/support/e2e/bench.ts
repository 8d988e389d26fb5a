import { type EventInput, type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/index.ts';
import { type Clock, jumpingClock, stoppedClock } from '../time/steered-clock.ts';
import { folder } from '../process/temp-folder.ts';
import { type FilterSpec, type Service, startService } from './service.ts';

export const START = Date.UTC(2026, 10, 20, 10, 0);
export const END = START + 300_000;
export const SPAN = { start: START, end: END };
/** Half past seven: the window above is the last settled one. */
export const NOW = START + 450_000;

/** A sandbox and services that `close` ends all together. */
export interface Bench {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  serve(
    filters: readonly FilterSpec[],
    env?: Readonly<Record<string, string>>,
    options?: { server?: string; prepare?: boolean; clock?: Clock; file?: string },
  ): Promise<Service>;
  /** Time does not jump while this one is busy either. */
  heed(other: Sandbox): void;
  close(): Promise<void>;
}

/** `jump`: retries wait on the clock and take no real time; else no wait ever ends. */
export async function openBench(
  options: { readonly time: 'stopped' | 'jump' } & Partial<SandboxOptions>,
): Promise<Bench> {
  const { time, ...rest } = options;
  const heeded: Sandbox[] = [];
  const activity = (): number =>
    heeded.flatMap(({ world }) => world.requests.all()).reduce((sum, { status }) => sum + 1 + (status ?? 0), 0);
  const clock = time === 'jump' ? jumpingClock(NOW, activity) : stoppedClock(NOW);
  const sandbox = await startSandbox({ now: clock.now, sleep: clock.sleep, ...rest });
  heeded.push(sandbox);
  const services: Service[] = [];
  return {
    sandbox,
    clock,
    heed: (other) => void heeded.push(other),
    serve: async (filters, env = {}, more = {}) => {
      const service = await startService({ sandbox, clock, filters, env, ...more });
      services.push(service);
      return service;
    },
    close: async () => {
      for (const service of services) await service.close();
      await sandbox.close();
    },
  };
}

/** A bench whose services may share a ledger in a file. */
export interface LedgerBench extends Bench {
  readonly ledgerUrl: string;
}

export async function openLedgerBench(options: Parameters<typeof openBench>[0]): Promise<LedgerBench> {
  const bench = await openBench(options);
  const files = folder({});
  const close = async (): Promise<void> => {
    await bench.close();
    files.remove();
  };
  return { ...bench, ledgerUrl: `sqlite:${files.file('ledger.db')}`, close };
}

/** `count` events of one issue, spread over the window, each with a user of its own up to `users`. */
export function burst(
  project: string,
  issue: number,
  count: number,
  rest: Partial<EventInput> & { readonly users?: number } = {},
): EventInput[] {
  const { users = count, ...event } = rest;
  return Array.from({ length: count }, (_, n) => ({
    at: START + (n % 300) * 1000,
    project,
    issue,
    title: `Error: trouble ${issue}`,
    user: `id:${n % users}`,
    environment: 'production',
    ...event,
  }));
}

/** Events of a window that the sandbox itself counts, asked over HTTP. */
export async function truth(bench: Bench, start: number, projects: readonly string[]): Promise<number> {
  const response = await fetch(`${bench.sandbox.url}/sandbox/truth`, {
    method: 'POST',
    body: JSON.stringify({ start, end: start + 300_000, projects }),
  });
  return ((await response.json()) as { total: { events: number } }).total.events;
}
