import type { Filter } from '../model/filter.ts';
import type { ReportResult } from '../model/results.ts';
import type { RunEnd } from '../model/verdict.ts';
import { reportId, type Window } from '../model/window.ts';
import type { Log } from '../ports/scope.ts';
import { type BacklogGate, createBacklogGate } from './backlog-gate.ts';
import { sinksFor } from './claim-reports.ts';
import type { Afterwards, Ports, RunDeps, RunHooks, RunResult } from './ports.ts';
import { run } from './run.ts';

/** What a caller wants done. */
export interface Order {
  readonly filters: readonly Filter[];
  readonly window: Window;
  readonly sinks?: readonly string[] | undefined;
  readonly debug: boolean;
  /** The caller named the window. */
  readonly windowGiven: boolean;
  /** Everything, over the last settled window: what was not delivered comes after it. */
  readonly plain?: boolean | undefined;
}

export interface Runner {
  /** Runs the order; what another order of this process has in hand is waited for and shared. */
  run(order: Order, runId: string): Promise<RunResult>;
}

/** What another order's run came to, for one filter. */
interface Joined {
  readonly result: ReportResult;
  readonly end: RunEnd | null;
}

export interface RunnerDeps extends RunDeps {
  readonly log: Log;
  readonly gate?: BacklogGate;
  /** Of plain runs. */
  readonly afterwards?: Afterwards | undefined;
}

/**
 * Joins overlapping runs per report: same filter, window and kind of run. `ports` for real runs, `debugPorts` for
 * those that only show.
 */
export function joinRuns(ports: Ports, debugPorts: Ports, deps: RunnerDeps): Runner {
  const inHand = new Map<string, Promise<Joined>>();
  const { gate = createBacklogGate() } = deps;

  const start = (filters: readonly Filter[], order: Order, runId: string, deadlineMs: number): Promise<RunResult> => {
    const { window, sinks, windowGiven, debug, plain } = order;
    const afterwards = plain === true && filters.length === order.filters.length ? deps.afterwards : undefined;
    const { result, delivered } = heard(debug ? () => undefined : gate.current(), (hook) =>
      run(
        { runId, filters, window, sinks, windowGiven },
        debug ? debugPorts : ports,
        { ...deps, deadlineMs },
        { delivered: hook, afterwards },
      ),
    );
    filters.forEach((filter, index) => {
      const name = nameOf(filter, order);
      const own = delivered.then(({ reports, end }) => ({ result: reports[index]!, end }));
      inHand.set(name, own);
      const forget = (): void => void inHand.delete(name);
      own.then(forget, forget);
    });
    return result;
  };

  return {
    async run(order, runId) {
      const began = deps.now();
      const results = new Map<string, ReportResult>();
      const own: RunResult[] = [];
      const ends: (RunEnd | null)[] = [];
      let open = order.filters;
      while (open.length > 0) {
        const joined = new Map(
          open.flatMap((filter): [string, Promise<Joined>][] => {
            const other = inHand.get(nameOf(filter, order));
            return other === undefined ? [] : [[filter.name, other]];
          }),
        );
        const mine = open.filter((filter) => !joined.has(filter.name));
        if (joined.size > 0) deps.log.info({ run: runId, reports: [...joined.keys()] }, 'joins a run in hand');
        const started = mine.length === 0 ? null : start(mine, order, runId, deps.deadlineMs - (deps.now() - began));
        for (const { result, end } of await Promise.all(joined.values())) {
          if (!covers(result, order, ports.sinks)) continue;
          results.set(result.filter.name, narrowed(result, order, ports.sinks));
          ends.push(end);
        }
        if (started !== null) own.push(await started);
        for (const result of own.flatMap(({ reports }) => reports)) results.set(result.filter.name, result);
        open = open.filter((filter) => !results.has(filter.name));
      }
      return merge(
        order,
        runId,
        own,
        ends,
        order.filters.map((filter) => results.get(filter.name)!),
        deps.now() - began,
      );
    },
  };
}

type Delivered = Pick<RunResult, 'reports' | 'end'>;

/** Who joined a run waits for its window, not for what comes afterwards. `over`: called as soon as the window is done. */
function heard(
  over: () => void,
  begin: (hook: NonNullable<RunHooks['delivered']>) => Promise<RunResult>,
): { readonly result: Promise<RunResult>; readonly delivered: Promise<Delivered> } {
  const { promise, resolve, reject } = Promise.withResolvers<Delivered>();
  const result = begin((reports, end) => {
    over();
    resolve({ reports, end });
  });
  result.catch(reject).finally(over);
  promise.catch(() => undefined);
  return { result, delivered: promise };
}

function nameOf(filter: Filter, { window, debug }: Order): string {
  return `${debug ? 'debug' : 'real'} ${reportId(filter.name, window)}`;
}

/** Only what this order asked for: the other one's sinks are not its business. */
function narrowed(result: ReportResult, order: Order, enabled: Ports['sinks']): ReportResult {
  const names = sinksFor(result.filter, enabled, order.sinks);
  return {
    ...result,
    sinks: Object.fromEntries(Object.entries(result.sinks).filter(([name]) => names.includes(name))),
  };
}

/** Another order may have left out sinks that this one wants; then this one runs itself, and finds the rest sent before. */
function covers({ filter, sinks, fault }: ReportResult, order: Order, enabled: Ports['sinks']): boolean {
  return fault !== undefined || sinksFor(filter, enabled, order.sinks).every((name) => name in sinks);
}

/** `ends`: of the runs that were joined. */
function merge(
  { window }: Order,
  runId: string,
  own: readonly RunResult[],
  ends: readonly (RunEnd | null)[],
  reports: readonly ReportResult[],
  durationMs: number,
): RunResult {
  const end = [...own.map((result) => result.end), ...ends].find((it) => it !== null) ?? null;
  const clockSkewMs = own.reduce<number | null>((found, result) => found ?? result.clockSkewMs, null);
  return {
    runId,
    window,
    end,
    reports,
    sourceRequests: own.reduce((sum, result) => sum + result.sourceRequests, 0),
    clockSkewMs,
    after: own.find(({ after }) => after !== undefined)?.after,
    durationMs,
  };
}
