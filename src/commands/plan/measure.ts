import type { Program } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { windowAt } from '../../core/model/window.ts';
import type { Surveyed } from '../../core/ports/source.ts';
import type { SourceCost } from '../../core/ports/source-cost.ts';
import { manyCosts, type NamedCost } from '../../core/run/sources/many-costs.ts';
import { askSources, type Unanswered } from '../ask-each.ts';

/** What the source said of the filters. */
export interface Measurement {
  /** By filter. */
  readonly measured: ReadonlyMap<string, Surveyed>;
  readonly unmeasured: readonly Unanswered[];
  /** What reading costs, as the server turned out; undefined: as the settings say. */
  readonly sourceCost?: SourceCost;
}

export const NOT_MEASURED: Measurement = { measured: new Map(), unmeasured: [] };

/** Asks each source how it is read, and how much each filter finds; page by page that is not asked, but assumed. */
export async function measure(program: Program, { now }: World): Promise<Measurement> {
  const { settings, sources, sourceOf } = program;
  const paged = new Map<string, SourceCost>();
  const { answers, unanswered } = await askSources(program, 'plan', async function* (source, filters, scope) {
    const cost = await source.costNow?.(scope);
    if (cost?.isPaged === true) {
      paged.set(source.name, cost);
      return;
    }
    if (source.survey === undefined) throw new Error(`${source.name} cannot say how much a filter finds`);
    yield* source.survey(filters, windowAt(now(), settings.settleMs), scope);
  });
  const costs = sources.flatMap(({ name, cost }): NamedCost[] => {
    const found = paged.get(name) ?? cost;
    return found === undefined ? [] : [[name, found]];
  });
  return {
    measured: new Map(answers.map(({ filter, surveyed }) => [filter.name, surveyed])),
    unmeasured: unanswered,
    ...(paged.size === 0 ? {} : { sourceCost: manyCosts(costs, (filter) => sourceOf(filter).name) }),
  };
}
