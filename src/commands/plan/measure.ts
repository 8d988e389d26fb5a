import type { Program } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { windowAt } from '../../core/model/window.ts';
import type { Surveyed } from '../../core/ports/source.ts';
import type { SourceCost } from '../../core/ports/source-cost.ts';
import { askEach, type Unanswered } from '../ask-each.ts';

/** What the source said of the filters. */
export interface Measurement {
  /** By filter. */
  readonly measured: ReadonlyMap<string, Surveyed>;
  readonly unmeasured: readonly Unanswered[];
  /** What reading costs, as the server turned out; undefined: as the settings say. */
  readonly sourceCost?: SourceCost;
}

export const NOT_MEASURED: Measurement = { measured: new Map(), unmeasured: [] };

/** Asks the source how it is read, and how much each filter finds; page by page that is not asked, but assumed. */
export async function measure(program: Program, { now }: World): Promise<Measurement> {
  const { source, settings } = program;
  let paged: SourceCost | undefined;
  const { answers, unanswered } = await askEach(program, 'plan', async function* (filters, scope) {
    const cost = await source.costNow?.(scope);
    if (cost?.isPaged === true) {
      paged = cost;
      return;
    }
    if (source.survey === undefined) throw new Error(`${source.name} cannot say how much a filter finds`);
    yield* source.survey(filters, windowAt(now(), settings.settleMs), scope);
  });
  return {
    measured: new Map(answers.map(({ filter, surveyed }) => [filter.name, surveyed])),
    unmeasured: unanswered,
    ...(paged === undefined ? {} : { sourceCost: paged }),
  };
}
