import { type Fault, mayPass } from '../../model/fault.ts';
import type { Filter } from '../../model/filter.ts';
import { hasRules } from '../../ports/alerting/decider.ts';
import type { ReportResult, RunResult } from '../../model/results.ts';
import type { RunListener } from '../../ports/run-listener.ts';
import { isAnyRead, isCut, takesSome } from '../../run/vendors/vendor-streaks.ts';
import type { Admin } from './admin.ts';
import { PATIENCE_MS, PATIENCE_WITH_RULES_MS } from './patience.ts';
import { createVendorNotes, type VendorSaid } from './vendor-notes.ts';

export interface WatchDeps {
  readonly sources: readonly string[];
  /** Name of the source that reads a filter. */
  sourceOf(filter: Filter): string;
  readonly sinks: readonly string[];
  readonly admin: Pick<Admin, 'tell' | 'tellDirectly'>;
  now(): number;
}

/** Tells the admin of vendors that are away for long, once, and that they are back; and of a ledger that is away. */
export function watchVendors(deps: WatchDeps): RunListener {
  const note = createVendorNotes(deps);
  /** Of a sink since the last run, what it failed with. */
  const failed = new Map<string, Fault[]>();
  return {
    name: 'own failures',
    delivered({ sink }, outcomes) {
      const faults = outcomes.flatMap((it) => (it.status === 'failed' || it.status === 'uncertain' ? it.fault : []));
      // One that may pass is enough to know that all of it may.
      if (faults.length > 0)
        failed.set(sink, [...(failed.get(sink) ?? []), faults.find(mayPass) ?? faults[0]!].slice(-MOST));
    },
    ended: async ({ kind }, over) => {
      if (kind !== 'plain' || over === null || isCut(over.result)) return;
      const all = [...ofSources(over.result, deps), ...ofSinks(over.result, deps, failed)];
      failed.clear();
      for (const said of all) await note(said);
      if (isLedgerAway(over.result.reports))
        await deps.admin.tellDirectly(
          'ledger',
          'The ledger cannot be reached: rules wait for it, and are decided when it is back.',
        );
    },
  };
}

/** Faults of a sink that are looked at. */
const MOST = 100;

function ofSources({ reports }: RunResult, { sources, sourceOf }: WatchDeps): readonly VendorSaid[] {
  return sources.flatMap((name): VendorSaid[] => {
    const own = reports.filter(({ filter }) => sourceOf(filter) === name);
    const works = isAnyRead(own);
    if (works === null) return [];
    const patienceMs = own.some(({ filter }) => hasRules(filter)) ? PATIENCE_WITH_RULES_MS : PATIENCE_MS;
    return [{ name, patienceMs, fault: works ? null : togetherOf(own.flatMap(({ fault }) => fault ?? [])) }];
  });
}

function ofSinks(
  { reports }: RunResult,
  { sinks }: WatchDeps,
  failed: ReadonlyMap<string, readonly Fault[]>,
): readonly VendorSaid[] {
  return sinks.flatMap((name): VendorSaid[] => {
    const works = takesSome(name, reports);
    if (works === null) return [];
    return [{ name, patienceMs: PATIENCE_MS, fault: works ? null : togetherOf(failed.get(name) ?? []) }];
  });
}

/** It fails for good only where all of it does. */
function togetherOf(faults: readonly Fault[]): Fault {
  return faults.find(mayPass) ?? faults[0] ?? UNKNOWN;
}

const UNKNOWN: Fault = { message: 'it took nothing', retryable: true };

function isLedgerAway(reports: readonly ReportResult[]): boolean {
  return reports.some(({ sinks, deciding }) =>
    [...Object.values(sinks), ...(deciding === undefined ? [] : [deciding])].some(
      (it) => 'accepted' in it && (it.reason === 'ledger' || it.unledgered === true),
    ),
  );
}
