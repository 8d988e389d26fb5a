import type { Receipt } from '../../../core/model/receipt.ts';
import type { ReportResult } from '../../../core/model/results.ts';
import type { ReadModel, ReportSeen, RunView } from '../../../core/ports/read-model.ts';
import type { RunListener } from '../../../core/ports/run-listener.ts';
import { eventsIn, memoryReadModel, type Seen } from './memory-read-model.ts';

/** Bounds: a report takes some kilobytes. */
const MAX_REPORTS = 2_000;
const MAX_RUNS = 50;

/** What this process saw of its own runs, since it started. */
export interface Memory {
  /** Hears what is remembered. */
  readonly listener: RunListener;
  readonly readModel: ReadModel;
  /** Epoch ms. */
  readonly since: number;
  /** By filter, why its latest window could not be read here. */
  faults(): ReadonlyMap<string, { readonly start: number; readonly message: string }>;
  /** Another number when there is something new. */
  version(): number;
  /** Calls it when a plain run ended. Nobody waits for it. */
  onPlainRun(call: () => void): void;
}

export interface MemoryDeps {
  now(): number;
  readonly server: string;
  /** Debug runs are all that there is. */
  readonly dryRun: boolean;
}

export function rememberRuns({ now, server, dryRun }: MemoryDeps): Memory {
  const runs: RunView[] = [];
  const seen = new Map<string, Seen>();
  const faults = new Map<string, { start: number; message: string }>();
  const since = now();
  const heard: (() => void)[] = [];
  let version = 0;
  const change = (run: RunView): void => {
    const place = runs.findIndex(({ runId }) => runId === run.runId);
    if (place < 0) runs.unshift(run);
    else runs[place] = run;
    runs.length = Math.min(runs.length, MAX_RUNS);
    version++;
  };
  const note = ({ id, filter, window, report, fault, sinks }: ReportResult): void => {
    if (fault !== undefined) faults.set(filter.name, { start: window.start, message: fault.message });
    if (report === null) return;
    if ((faults.get(filter.name)?.start ?? Infinity) <= window.start) faults.delete(filter.name);
    const { listed, ...rest } = report;
    const newest: ReportSeen = { ...rest, filter: filter.name, issues: listed };
    const found = seen.get(id) ?? { report: newest, first: eventsIn(newest), sinks: new Map<string, Receipt>() };
    seen.delete(id);
    seen.set(id, found);
    found.report = newest;
    for (const [name, receipt] of Object.entries(sinks)) found.sinks.set(name, receipt);
    if (seen.size > MAX_REPORTS) seen.delete(seen.keys().next().value!);
  };
  return {
    since,
    faults: () => faults,
    version: () => version,
    onPlainRun: (call) => void heard.push(call),
    readModel: memoryReadModel(runs, seen, server),
    listener: runListener({ now, server, dryRun }, { note, change, over: () => heard.forEach((call) => call()) }),
  };
}

/** Who takes what is heard of runs. */
interface Heard {
  /** What became of a report. */
  note(result: ReportResult): void;
  /** A run as it is now. */
  change(run: RunView): void;
  /** A plain run ended. */
  over(): void;
}

function runListener({ now, server, dryRun }: MemoryDeps, { note, change, over: plainIsOver }: Heard): RunListener {
  const underWay = new Map<string, RunView>();
  return {
    name: 'page',
    begun: async ({ kind, window, filters }, { runId }) => {
      if (kind === 'debug' && !dryRun) return;
      const begun = { runId, server, window, startedAt: now(), reports: filters.length };
      const run = { ...begun, endedAt: null, outcome: null, sourceRequests: null };
      underWay.set(runId, run);
      change(run);
    },
    ended: async ({ kind }, over, { runId }) => {
      const begun = underWay.get(runId);
      if (begun === undefined) return;
      underWay.delete(runId);
      over?.result.reports.forEach(note);
      const outcome = over?.result.verdict.outcome ?? 'failed';
      change({ ...begun, endedAt: now(), outcome, sourceRequests: over?.result.sourceRequests ?? null });
      if (kind === 'plain') plainIsOver();
    },
  };
}
