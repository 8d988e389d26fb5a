import { setTimeout as wait } from 'node:timers/promises';
import type { Arrived, Tally } from '../../sandbox/index.ts';
import type { Json } from '../support/e2e/json.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startReadyService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { postRun } from '../support/e2e/service.ts';
import { assertArrived, type Content, masses, WINDOW_MS } from './content.ts';
import { cpuOf, peakOf } from './measure.ts';

/** A run as its caller and the sandbox saw it. */
export interface Run {
  readonly ms: number;
  /** Counted by the sandbox. */
  readonly requests: number;
  /** Of these, answered 429. */
  readonly refused: number;
  /** Of those answered, for details of issues. */
  readonly details: number;
  readonly cpuMs: number;
  readonly sandboxCpuMs: number;
  /** MB, since the process began. */
  readonly peak: number;
  readonly records: number;
  readonly arrived: readonly Arrived[];
  /** When the sandbox's clock said that it began. */
  readonly beganAt: number;
  readonly body: Json;
}

export interface Box {
  readonly sandbox: RemoteSandbox;
  readonly content: Content;
  /** Start of the first window that is filled, which is that of a clock hour. */
  readonly first: number;
  /** Listens; its look-ups may be under way. */
  start(env?: Readonly<Record<string, string>>): Promise<RemoteService>;
  /** Has looked up the projects and the kind of server, as it does at start. */
  startReady(): Promise<RemoteService>;
  /** Each request to Sentry takes this long from now on; 0: as long as it takes. */
  latency(ms: number): Promise<void>;
  /** One post for the n-th window: measured, then what arrived is compared with what was put in, and forgotten. */
  run(service: RemoteService, n: number, options?: RunOptions): Promise<Run>;
}

export interface RunOptions {
  /** Issues may be left out, where the answer names that as a gap of that filter. */
  readonly mayLeaveOut?: boolean;
  /** Requests before the post belong to it: a cold start's look-ups. */
  readonly isCold?: boolean;
}

const HOUR_MS = 3_600_000;
/** As a production service: all baselines. */
const ENV = { TREND_BASELINES: '1h,1d,7d', LOG_LEVEL: 'info' };

export const WINDOWS_AN_HOUR = 12;

/**
 * A sandbox with this content in each window of the last so many clock hours.
 * `listed`: its events will be read as lists too.
 */
export async function openBox(
  content: Content,
  hours: number,
  { listed = false }: { readonly listed?: boolean } = {},
): Promise<Box> {
  const sandbox = await startRemoteSandbox();
  const windows = hours * WINDOWS_AN_HOUR;
  const first = (Math.floor((Date.now() - 150_000) / HOUR_MS) - hours) * HOUR_MS;
  await sandbox.command(
    'projects',
    content.projects.map((slug) => ({ slug })),
  );
  // A list takes a mass apart as a whole: then each window has its own.
  if (!listed) await sandbox.command('masses', masses(content, first, windows));
  else for (let n = 0; n < windows; n++) await sandbox.command('masses', masses(content, first + n * WINDOW_MS, 1));
  return {
    sandbox,
    content,
    first,
    start: (env = {}) =>
      startRemoteService(
        sandbox,
        content.filters.map(({ spec }) => spec),
        { ...ENV, ...env },
      ),
    startReady: () =>
      startReadyService(
        sandbox,
        content.filters.map(({ spec }) => spec),
        ENV,
      ),
    latency: async (ms) => {
      await sandbox.heal();
      if (ms > 0) await sandbox.command('faults', { vendor: 'sentry', kind: 'slow', ms, times: 0 });
    },
    run: (service, n, options = {}) => measuredRun({ sandbox, content, first }, service, n, options),
  };
}

async function measuredRun(
  { sandbox, content, first }: Pick<Box, 'sandbox' | 'content' | 'first'>,
  service: RemoteService,
  n: number,
  { mayLeaveOut = false, isCold = false }: RunOptions,
): Promise<Run> {
  const pid = service.child.pid!;
  const start = first + n * WINDOW_MS;
  if (!isCold) await sandbox.command('forget', {});
  const [cpu, sandboxCpu, began, beganAt] = [
    isCold ? 0 : cpuOf(pid),
    cpuOf(sandbox.pid),
    performance.now(),
    Date.now(),
  ];
  const { status, body, text } = await postRun(service.url, `?end=${new Date(start + WINDOW_MS).toISOString()}`);
  const ms = performance.now() - began;
  const [cpuMs, sandboxCpuMs, peak] = [cpuOf(pid) - cpu, cpuOf(sandbox.pid) - sandboxCpu, peakOf(pid)];
  if (status !== 200) throw new Error(`status ${status}: ${text.slice(0, 600)}`);
  const tally = (await (await fetch(`${sandbox.url}/sandbox/tally`)).json()) as Tally;
  const short = new Set<string>(
    (body.reports as Json[])
      .filter(({ gaps }) => gaps.some(({ part }: Json) => part === 'issues'))
      .map(({ filter }) => filter as string),
  );
  if (short.size > 0 && !mayLeaveOut) throw new Error(`issues of ${short.size} filters were left out`);
  const records = assertArrived(content, tally, [start], (filter) => short.has(filter));
  const { requests } = await sandbox.requests();
  const sentry = requests.filter(({ vendor }) => vendor === 'sentry');
  await sandbox.command('forget', {});
  return {
    ms,
    requests: sentry.length,
    refused: sentry.filter(({ status }) => status === 429).length,
    details: sentry.filter(({ endpoint, status }) => endpoint === 'issues' && status === 200).length,
    cpuMs,
    sandboxCpuMs,
    peak,
    records,
    arrived: tally.arrived,
    beganAt,
    body,
  };
}

/** Ends a process by the signal that lets it write its profile; it is gone afterwards. */
export async function endService(service: RemoteService): Promise<void> {
  service.child.kill('SIGTERM');
  await Promise.race([service.ended, wait(30_000, undefined, { ref: false })]);
}
