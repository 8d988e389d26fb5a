import { whereIs, type Filter } from '../../model/filter.ts';
import type { Decision } from '../../ports/alerting/decider.ts';
import type { FileFault } from '../../ports/filters-in-force.ts';
import type { Log } from '../../ports/scope.ts';
import type { Admin } from './admin.ts';

export interface OutdatedDeps {
  /** When the files in force were read, epoch ms. */
  loadedAt(): number;
  readonly server: string;
  readonly admin: Pick<Admin, 'tellDaily'>;
  readonly log: Log;
}

/** Whether this server decides nothing, because another one has newer files. */
export interface Outdated {
  /** Never rejects. */
  note(decision: Pick<Decision, 'isOutdated'>, filter: Filter): Promise<void>;
  /** As answers, the page and `/readyz` tell it; none where it decides, or has read its files again since. */
  faults(): readonly FileFault[];
}

export function watchOutdated({ loadedAt, server, admin, log }: OutdatedDeps): Outdated {
  const filters = new Map<string, FileFault>();
  let readAt = loadedAt();
  const forget = (): void => {
    if (loadedAt() !== readAt) filters.clear();
    readAt = loadedAt();
  };
  return {
    async note({ isOutdated }, filter) {
      forget();
      if (!isOutdated) return void filters.delete(filter.name);
      const where = whereIs(filter);
      const line = `${server} has older filters files than the server that decided last: it decides nothing`;
      if (!filters.has(filter.name)) log.error({ filter: filter.name, filters: where }, 'files are outdated');
      filters.set(filter.name, { where, text: `${line} of ${filter.name}; ${REMEDY}` });
      await admin.tellDaily(`outdated/${server}`, `${line}; ${REMEDY}.`);
    },
    faults() {
      forget();
      return [...filters.values()];
    },
  };
}

const REMEDY = 'give it the newest files, or reload them there';
