import type { RemoteSandbox, RemoteService } from '../process/services.ts';
import { type FilterSpec, type Posted, postRun } from '../e2e/service.ts';
import { FIVE_MS } from '../ledger/windows.ts';
import type { Proxy } from '../ledger/tcp-proxy.ts';
import type { ShiftedClock } from '../time/shifted-clock.ts';

/** Real servers with one database, a window after the other. */
export interface Stage {
  readonly sandbox: RemoteSandbox;
  readonly clock: ShiftedClock;
  readonly proxy: Proxy;
  readonly filters: readonly FilterSpec[];
  /** Start of the first window, epoch ms. */
  readonly first: number;
  servers: RemoteService[];
  serve(): Promise<RemoteService>;
  window: number;
  caughtUp: number;
  longestMs: number;
}

/** The next window's cron tick: its instant goes to the first server that answers, as trigger.sh has it. */
export async function tick(stage: Stage): Promise<Posted> {
  const { clock, first, servers } = stage;
  const at = first + ++stage.window * FIVE_MS + 150_000;
  await clock.set(at);
  return post(stage, servers, at);
}

export async function post(stage: Stage, servers: readonly RemoteService[], at: number): Promise<Posted> {
  const began = performance.now();
  const answer = await postRun(servers[0]!.url, `?at=${Math.floor(at / 1000)}`);
  stage.longestMs = Math.max(stage.longestMs, performance.now() - began);
  stage.caughtUp += ((answer.body.catchUp?.windows ?? []) as { reports: number; error?: string }[]).reduce(
    (sum, { reports, error }) => sum + (error === undefined ? reports : 0),
    0,
  );
  return answer;
}
