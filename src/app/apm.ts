import { isWhole } from '../core/delivery/receipt.ts';
import type { Order } from '../core/ports/order.ts';
import type { ReportResult, RunResult } from '../core/model/results.ts';
import type { Log } from '../core/ports/scope.ts';
import type { Runner } from '../core/run/join-runs.ts';
import type { Redact } from '../platform/redact.ts';

/** What is used of New Relic's agent; the package has no types of its own. */
export interface Agent {
  /** Runs `work` in a transaction that ends when its promise settles. */
  startBackgroundTransaction(name: string, group: string, work: () => Promise<unknown>): unknown;
  addCustomAttributes(attributes: Attributes): unknown;
  noticeError(error: Error, attributes: Attributes): unknown;
  /** NOTE: may never call back, so never wait for it alone. */
  shutdown(options: { readonly collectPendingData: boolean; readonly timeout: number }, done: () => void): void;
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What apm.cjs made of NEW_RELIC_ENABLED: the agent, or why there is none. */
export interface Preloaded {
  readonly agent?: Agent;
  readonly why?: string;
}

/** The program's own monitoring: other objects with and without it. */
export interface Apm {
  /** A runner that does the same and is watched. */
  watch(runner: Runner): Runner;
  /** Sends what is not sent yet; never takes longer than `STOP_MS` by much. */
  stop(): Promise<void>;
}

export interface ApmDeps {
  readonly log: Log;
  readonly redact: Redact;
  readonly server: string;
  sleep(ms: number): Promise<void>;
}

/** For the last report to New Relic at shutdown, ms. */
export const STOP_MS = 2_000;

const GROUP = 'sentry-monitor';
/** The agent cuts attributes at this length. */
const MAX_TEXT = 255;

/** What apm.cjs left, when the process was started with it. */
export function preloaded(scope: object): Preloaded | undefined {
  return (scope as Record<symbol, Preloaded | undefined>)[Symbol.for('sentry-monitor.apm')];
}

/** Watched when the settings want it and the agent is there; else not, which the log says. Never ends the start. */
export function chooseApm(enabled: boolean, found: Preloaded | undefined, deps: ApmDeps): Apm {
  if (enabled && found?.agent !== undefined) return withAgent(found.agent, deps);
  if (enabled)
    deps.log.warn(
      { why: found?.why ?? 'apm.cjs was not preloaded; use npm start, or node -r ./apm.cjs src/main.ts' },
      'no APM',
    );
  return { watch: (runner) => runner, stop: async () => undefined };
}

function withAgent(agent: Agent, deps: ApmDeps): Apm {
  return {
    watch: (runner) => watched(runner, agent, deps),
    stop: () =>
      Promise.race([
        new Promise<void>((done) =>
          attempt(deps, () => agent.shutdown({ collectPendingData: true, timeout: STOP_MS }, done)),
        ),
        deps.sleep(STOP_MS),
      ]),
  };
}

/** Each run is a transaction; whatever the agent does, the run goes on. */
function watched(inner: Runner, agent: Agent, deps: ApmDeps): Runner {
  return {
    run(order, runId) {
      let begun: Promise<RunResult> | undefined;
      const begin = (): Promise<RunResult> => (begun ??= runIn(inner.run(order, runId), { order, runId, agent, deps }));
      attempt(deps, () => agent.startBackgroundTransaction(order.kind === 'debug' ? 'debug run' : 'run', GROUP, begin));
      return begin();
    },
  };
}

/** A run that the agent watches. */
interface Watched {
  readonly order: Order;
  readonly runId: string;
  readonly agent: Agent;
  readonly deps: ApmDeps;
}

async function runIn(running: Promise<RunResult>, watched: Watched): Promise<RunResult> {
  const { runId, agent, deps } = watched;
  try {
    const result = await running;
    attempt(deps, () => tell(result, watched));
    return result;
  } catch (error) {
    attempt(deps, () =>
      agent.noticeError(errorOf('RunBroke', 'internal error; the log of this server says more'), { runId }),
    );
    throw error;
  }
}

function tell(result: RunResult, { order, runId, agent, deps: { redact, server } }: Watched): void {
  const { reports, verdict, incomplete, failed, durationMs, sourceRequests, window } = result;
  agent.addCustomAttributes({
    outcome: verdict.outcome,
    httpStatus: verdict.http,
    filters: order.filters.length,
    incomplete,
    failed,
    sourceRequests,
    durationMs,
    windowStart: window.start,
    debug: order.kind === 'debug',
    server,
    runId,
  });
  for (const { name, message, filters, ...rest } of troublesOf(reports)) {
    const attributes = { ...rest, runId, count: filters.length, filters: filters.join(',').slice(0, MAX_TEXT) };
    agent.noticeError(errorOf(name, redact(message)), attributes);
  }
}

/** One thing that went wrong, with every filter that it concerns. */
interface Trouble {
  readonly name: 'FilterNotRead' | 'SinkFailed';
  readonly message: string;
  readonly sink?: string;
  readonly filters: readonly string[];
}

/** The same trouble of several filters is one: a sink that is down is not fifty errors. */
export function troublesOf(reports: readonly ReportResult[]): readonly Trouble[] {
  const troubles = new Map<string, Trouble>();
  const add = (trouble: Omit<Trouble, 'filters'>, filter: string): void => {
    const key = JSON.stringify([trouble.name, trouble.sink, trouble.message]);
    troubles.set(key, { ...trouble, filters: [...(troubles.get(key)?.filters ?? []), filter] });
  };
  for (const { filter, fault, sinks } of reports) {
    if (fault !== undefined) add({ name: 'FilterNotRead', message: fault.message }, filter.name);
    for (const [sink, receipt] of Object.entries(sinks)) {
      if (!('accepted' in receipt) || isWhole(receipt)) continue;
      add({ name: 'SinkFailed', message: receipt.error ?? `${sink}: items refused`, sink }, filter.name);
    }
  }
  return [...troubles.values()];
}

/** NOTE: without a stack, which would only name this file and the server's folders. */
function errorOf(name: string, message: string): Error {
  const error = new Error(message);
  return Object.assign(error, { name, stack: `${name}: ${message}` });
}

function attempt({ log }: ApmDeps, act: () => unknown): void {
  try {
    act();
  } catch (error) {
    log.warn({ error: String(error) }, 'APM agent broke');
  }
}
