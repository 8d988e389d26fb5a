import type { FilterFault, FilterSet, FilterText } from '../../config/filters/load.ts';
import { faultsOfFiles } from '../../config/reload/choose.ts';
import type { StaleFault } from '../../config/reload/in-force.ts';
import { faultOf } from '../../core/model/errors.ts';
import type { FileText, FileTexts } from '../../core/ports/alerting/file-texts.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/scope.ts';

/** What the files on the disk came to. */
export interface FilesRead {
  readonly files: readonly FilterText[];
  /** Of those that could not be read. */
  readonly faults: readonly FilterFault[];
}

/** What files come to, whatever else that is. */
export interface Judged {
  readonly filters: FilterSet;
}

/** Files as they count at the start. */
export interface Settled<T extends Judged> {
  readonly judged: T;
  readonly texts: readonly FilterText[];
  /** What is wrong with the newest texts for which older ones stand in. */
  readonly stale: readonly StaleFault[];
}

/**
 * The files, and where the newest text of one has a fault its last good one, if that is known and still fits. A file
 * that is gone has none: it was taken away.
 */
export function settleFiles<T extends Judged>(
  read: FilesRead,
  kept: readonly FileText[],
  judge: (read: FilesRead) => T,
): Settled<T> {
  const unfit = new Set<string>();
  const stale = new Map<string, readonly FilterFault[]>();
  for (;;) {
    const inPlace = kept.filter(({ path }) => stale.has(path));
    const texts = withTexts(read, inPlace);
    const judged = judge(texts);
    const faults = Map.groupBy(faultsOfFiles(judged.filters), ({ file }) => file);
    const worse = inPlace.filter(({ path }) => faults.has(path));
    for (const { path } of worse) {
      stale.delete(path);
      unfit.add(path);
    }
    const better = kept.filter(({ path }) => faults.has(path) && !stale.has(path) && !unfit.has(path));
    if (worse.length === 0 && better.length === 0)
      return { judged, texts: texts.files, stale: inPlace.flatMap((it) => staleFaults(it, stale.get(it.path)!)) };
    if (worse.length === 0) for (const { path } of better) stale.set(path, faults.get(path)!);
  }
}

function withTexts({ files, faults }: FilesRead, inPlace: readonly FileText[]): FilesRead {
  const paths = new Set(inPlace.map(({ path }) => path));
  return {
    files: [...files.filter(({ path }) => !paths.has(path)), ...inPlace.map(({ path, text }) => ({ path, text }))],
    faults: faults.filter(({ file }) => !paths.has(file)),
  };
}

function staleFaults({ since }: FileText, faults: readonly FilterFault[]): readonly StaleFault[] {
  return faults.map((fault) => ({ ...fault, since }));
}

/** So long a start waits for the ledger, and so often it asks, ms: both may begin at the same time. */
const PATIENCE_MS = 30_000;
const AGAIN_MS = 2_000;

/** The texts that a ledger has; none where it cannot be asked for half a minute, which is logged. */
export async function keptTexts(
  texts: Pick<FileTexts, 'all'>,
  { log, now, sleep }: { readonly log: Log } & Clock,
): Promise<readonly FileText[]> {
  const began = now();
  for (let tries = 1; ; tries++) {
    try {
      return await texts.all();
    } catch (error) {
      const isLast = now() - began >= PATIENCE_MS;
      if (isLast || tries === 1)
        log.error({ error: faultOf(error).message, again: !isLast }, 'last good texts of filters files cannot be read');
      if (isLast) return [];
      await sleep(AGAIN_MS);
    }
  }
}
