import type { Filter } from '../../model/filter.ts';
import { HOUR_MS, PERIOD_MS } from '../../model/window.ts';
import type { FilterHead } from '../../ports/alerting/alert-store.ts';
import { hasRules } from '../../ports/alerting/decider.ts';
import type { Chore } from './chore.ts';

/** What files say at present. */
export interface FilesNow {
  readonly filters: readonly Filter[];
  /** Names of all filters of the files in force, also of those that are left out. */
  readonly named: ReadonlySet<string>;
  /** Of every file some text is in force: nothing is missing because of a fault. */
  readonly isWhole: boolean;
}

export interface EndRemovedDeps {
  inForce(): FilesNow;
  /** Of filters of which something may last. */
  lasting(): Promise<ReadonlyMap<string, FilterHead>>;
  /** Ends what lasts of them; how much there was to tell. */
  end(filters: readonly string[]): Promise<number>;
  now(): number;
}

/** A filter of another server's time is gone when nobody has decided it for so long, ms. */
const QUIET_MS = HOUR_MS / 2;

/**
 * Ends what lasts of filters that are gone, or have no rules any more. What this process had in force ends at once, and
 * what is known from the ledger alone when no server decides it any more: their files may differ while they are
 * changed. While a file is left out nothing ends, because nobody knows what is in it.
 */
export function endRemoved(deps: EndRemovedDeps): Chore {
  let files = deps.inForce();
  const own = new Set(decidedBy(files));
  let isDone = false;
  return {
    name: 'what lasts of removed filters',
    async work({ log }) {
      const now = deps.inForce();
      if (now !== files) isDone = false;
      files = now;
      for (const name of decidedBy(files)) own.add(name);
      if (isDone || !files.isWhole) return;
      const heads = lost(await deps.lasting(), files);
      const over = heads.filter(([name, head]) => own.has(name) || isQuiet(head, deps.now())).map(([name]) => name);
      const tellings = over.length === 0 ? 0 : await deps.end(over);
      if (over.length > 0) log.info({ filters: over, tellings }, 'rules are gone, and what lasted of them ends');
      isDone = over.length === heads.length;
    },
  };
}

function decidedBy({ filters }: FilesNow): readonly string[] {
  return filters.filter(isDecided).map(({ name }) => name);
}

/** Rules whose channels are lost stay as they are. */
function isDecided(filter: Filter): boolean {
  return hasRules(filter) || (filter.frozen ?? []).length > 0;
}

/** Without those that are left out by a fault of their own: they stay as they are. */
function lost(
  heads: ReadonlyMap<string, FilterHead>,
  { filters, named }: FilesNow,
): readonly (readonly [string, FilterHead])[] {
  const isThere = new Map(filters.map((filter) => [filter.name, isDecided(filter)]));
  return [...heads].filter(([name]) => !(isThere.get(name) ?? named.has(name)));
}

function isQuiet({ newest }: FilterHead, now: number): boolean {
  return newest === null || newest + PERIOD_MS + QUIET_MS <= now;
}
