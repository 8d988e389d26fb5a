import type { Filter } from '../../model/filter.ts';
import type { FileFault } from '../../ports/filters-in-force.ts';
import type { Admin } from '../own/admin.ts';
import type { Chore } from './chore.ts';

export interface FileFaultsDeps {
  inForce(): {
    readonly filters: readonly Filter[];
    readonly faults: readonly FileFault[];
    /** Files of which an older text counts, by path. */
    readonly stale: ReadonlyMap<string, number>;
  };
  readonly admin: Pick<Admin, 'tellDaily'>;
}

/**
 * Faults of filters files go to the admin, and of a file whose older text counts to all whom its alerts tell: its
 * newest text says what they want, and does not count.
 */
export function tellFileFaults({ inForce, admin }: FileFaultsDeps): Chore {
  return {
    name: 'faults of filters files',
    async work() {
      const { filters, faults, stale } = inForce();
      for (const [path, [first, ...more]] of Map.groupBy(faults, pathOf)) {
        const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
        const line = `The filters file ${path} has a fault: ${first!.where}: ${first!.text}${others}`;
        const own = stale.has(path) ? filters.filter(({ place }) => place?.file === path) : [];
        await admin.tellDaily(`file/${path}/${stale.get(path) ?? ''}`, line, channelsOf(own));
      }
    },
  };
}

function pathOf({ where }: FileFault): string {
  return where.replace(/:\d+$/, '');
}

function channelsOf(filters: readonly Filter[]): readonly string[] {
  return [...new Set(filters.flatMap(({ alerts = [] }) => alerts.flatMap(({ tell }) => tell)))].sort();
}
