import { type FilterFiles, type Located, readFilterFiles } from '../../config/filters/load.ts';
import { type Change, changeOf } from '../../config/reload/change.ts';
import { type FirstRead, firstInForce, type InForce, type Judge, nextInForce } from '../../config/reload/in-force.ts';
import { areSameFiles } from '../../config/reload/same-files.ts';
import { type Look, look, type LookDisk } from '../../config/reload/look.ts';
import { createWatch } from '../../config/reload/watch.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/scope.ts';

/** The filters that count, while the program runs. */
export interface LiveFilters {
  now(): InForce;
  /** Reads the files again, at once. Never rejects. */
  reload(): Promise<void>;
  /** Reads them again whenever they change, until the signal is aborted. Never rejects. */
  watch(signal: AbortSignal): Promise<void>;
}

/** What was read at the start, and how. */
export interface ReadAtStart extends FirstRead {
  /** As the disk had it. */
  readonly read: FilterFiles;
  /** With all objections of source and sinks. */
  readonly judge: Judge;
}

export interface LiveFiltersDeps extends Clock {
  readonly disk: { readonly promises: LookDisk };
  readonly isStrict: boolean;
  readonly log: Log;
  /** They were read again. `fresh`: filters that are new, or count something else now. */
  replaced(next: InForce, fresh: readonly Located[]): void;
}

/** A run keeps the filters that it began with: what is replaced here is for the next ones. */
export function createLiveFilters({ judge, read, ...first }: ReadAtStart, deps: LiveFiltersDeps): LiveFilters {
  const { log, isStrict, now, sleep, disk, replaced } = deps;
  let inForce = firstInForce(first, now());
  const take = (seen: Look): void => {
    const before = inForce;
    inForce = nextInForce(before, readFilterFiles(first.path, seen.disk), { judge, isStrict, now: now() });
    const change = changeOf(before, inForce);
    tell(before, inForce, change, log);
    replaced(inForce, change.fresh);
  };
  const changed = (seen: Look): void => {
    try {
      take(seen);
    } catch (error) {
      log.error({ error: String(error) }, 'filters cannot be read again');
    }
  };
  const watch = createWatch<Look>({
    look: () => look(first.path, disk.promises),
    isKnown: (seen) => areSameFiles(read, readFilterFiles(first.path, seen.disk)),
    changed,
    sleep,
  });
  return { now: () => inForce, reload: async () => void (await watch.now()), watch: watch.go };
}

function tell(before: InForce, after: InForce, { added, changed, removed, gone }: Change, log: Log): void {
  for (const [file, filters] of gone) log.warn({ file, filters }, 'filters file is gone, and its filters with it');
  const known = new Set(before.warnings.map(({ where, text }) => `${where} ${text}`));
  for (const { where, text } of after.warnings.filter((it) => !known.has(`${it.where} ${it.text}`)))
    log.warn({ filters: where, warning: text }, 'read otherwise than it looks');
  for (const { where, text, since } of after.faults)
    log.error(
      { filters: where, error: text },
      since === undefined ? 'filters file left out' : 'filters file not taken',
    );
  const counts = { files: after.files, filters: after.filters.length };
  if (added.length + changed.length + removed.length === 0) log.info(counts, 'filters read again, nothing changed');
  else log.info({ ...counts, added, changed, removed }, 'filters replaced');
}
