import type { Program } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { windowAt } from '../../core/model/window.ts';
import type { Surveyed } from '../../core/ports/source.ts';
import type { SourceCost } from '../../core/ports/source-cost.ts';

/** What the source said of the filters. */
export interface Measurement {
  /** By filter. */
  readonly measured: ReadonlyMap<string, Surveyed>;
  readonly unmeasured: readonly Unmeasured[];
  /** What reading costs, as the server turned out; undefined: as the settings say. */
  readonly sourceCost?: SourceCost;
}

/** A filter that the source said nothing of, and why. */
export interface Unmeasured {
  readonly filter: string;
  readonly error: string;
}

export const NOT_MEASURED: Measurement = { measured: new Map(), unmeasured: [] };

/** For the survey: two small requests a filter, one after the other. */
const LIVE_MS = 60_000;
const LIVE_MS_A_FILTER = 5_000;
/** When the source answers for none of the first filters, it will not answer for the others. */
const GIVE_UP = 3;

/** Asks the source how it is read, and how much each filter finds; page by page that is not asked, but assumed. */
export async function measure(program: Program, { now }: World): Promise<Measurement> {
  const { source, settings, openScope } = program;
  const { filters } = program.filters;
  const scope = openScope('plan', LIVE_MS + LIVE_MS_A_FILTER * filters.length);
  const measured = new Map<string, Surveyed>();
  const unmeasured: Unmeasured[] = [];
  try {
    const sourceCost = await source.costNow?.(scope);
    if (sourceCost?.isPaged === true) return { ...NOT_MEASURED, sourceCost };
    if (source.survey === undefined) throw new Error(`${source.name} cannot say how much a filter finds`);
    for await (const it of source.survey(filters, windowAt(now(), settings.settleMs), scope)) {
      if ('surveyed' in it) measured.set(it.filter.name, it.surveyed);
      else unmeasured.push({ filter: it.filter.name, error: it.fault.message });
      if (measured.size === 0 && unmeasured.length >= GIVE_UP) break;
    }
  } catch (error) {
    unmeasured.push({ filter: 'all filters', error: (error as Error).message });
  } finally {
    scope.close();
  }
  return { measured, unmeasured };
}
