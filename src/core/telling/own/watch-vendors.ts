import type { Filter } from '../../model/filter.ts';
import { HOUR_MS, isoOf } from '../../model/window.ts';
import { hasRules } from '../../ports/alerting/decider.ts';
import type { ReportResult, RunResult } from '../../model/results.ts';
import type { RunListener } from '../../ports/run-listener.ts';
import { isAnyRead, isCut, takesSome } from '../../run/vendors/vendor-streaks.ts';
import type { Admin } from './admin.ts';

export interface WatchDeps {
  readonly sources: readonly string[];
  /** Name of the source that reads a filter. */
  sourceOf(filter: Filter): string;
  readonly sinks: readonly string[];
  readonly admin: Pick<Admin, 'tell' | 'tellDirectly'>;
  now(): number;
}

/** Trouble that may pass is told when the last good result is so old, ms; of a source that rules need sooner. */
const PATIENCE_MS = 2.5 * HOUR_MS;
const PATIENCE_WITH_RULES_MS = HOUR_MS / 2;

interface Vendor {
  /** Of its last good result, or of the start, epoch ms. */
  goodAt: number;
  isTold: boolean;
}

/** What one run said of a vendor. */
interface Said {
  readonly name: string;
  /** Null: it was not asked. */
  readonly works: boolean | null;
  readonly patienceMs: number;
  /** What will not pass by itself. */
  readonly failure: string | undefined;
}

/** Tells the admin of vendors that are away for long, once, and that they are back; and of a ledger that is away. */
export function watchVendors(deps: WatchDeps): RunListener {
  const { admin, now, sources, sinks } = deps;
  const start = now();
  const vendors = new Map(
    [...sources, ...sinks].map((name): [string, Vendor] => [name, { goodAt: start, isTold: false }]),
  );
  return {
    name: 'own failures',
    ended: async ({ kind }, over) => {
      if (kind !== 'plain' || over === null || isCut(over.result)) return;
      for (const said of saidOf(over.result, deps)) await note(said, vendors.get(said.name)!, deps);
      if (isLedgerAway(over.result.reports))
        await admin.tellDirectly(
          'ledger',
          'The ledger cannot be reached: rules wait for it, and are decided when it is back.',
        );
    },
  };
}

async function note(
  { name, works, patienceMs, failure }: Said,
  vendor: Vendor,
  { admin, now }: WatchDeps,
): Promise<void> {
  if (works === null) return;
  const since = isoOf(vendor.goodAt);
  if (works) {
    if (vendor.isTold) await admin.tell(`back/${name}`, `${name} works again; it had been away since ${since}.`);
    vendor.goodAt = now();
    vendor.isTold = false;
    return;
  }
  if (failure !== undefined) {
    vendor.isTold = true;
    await admin.tell(`failure/${name}`, `${name} fails, and not by chance: ${failure}`);
  } else if (!vendor.isTold && now() - vendor.goodAt >= patienceMs) {
    vendor.isTold = true;
    await admin.tell(`away/${name}`, `${name} has given no good result since ${since}.`);
  }
}

function saidOf({ reports }: RunResult, { sources, sourceOf, sinks }: WatchDeps): readonly Said[] {
  const ofSources = sources.map((name): Said => {
    const own = reports.filter(({ filter }) => sourceOf(filter) === name);
    const patienceMs = own.some(({ filter }) => hasRules(filter)) ? PATIENCE_WITH_RULES_MS : PATIENCE_MS;
    return { name, works: isAnyRead(own), patienceMs, failure: failureOf(own) };
  });
  const ofSinks = sinks.map((name): Said => {
    return { name, works: takesSome(name, reports), patienceMs: PATIENCE_MS, failure: undefined };
  });
  return [...ofSources, ...ofSinks];
}

/** All of it fails in a way that trying again does not mend. */
function failureOf(own: readonly ReportResult[]): string | undefined {
  return own.every(({ fault }) => fault?.retryable === false) ? own[0]?.fault?.message : undefined;
}

function isLedgerAway(reports: readonly ReportResult[]): boolean {
  return reports.some(({ sinks, deciding }) =>
    [...Object.values(sinks), ...(deciding === undefined ? [] : [deciding])].some(
      (it) => 'accepted' in it && (it.reason === 'ledger' || it.unledgered === true),
    ),
  );
}
