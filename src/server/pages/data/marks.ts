import type { Filter } from '../../../core/model/filter.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { Grid } from './counts/grid.ts';
import type { Mark } from './model.ts';

/** Where outages are looked for. */
export interface MarkSpan {
  readonly span: Window;
  /** End of the last window that is due, epoch ms. */
  readonly until: number;
  /** Start of the first window of any filter, epoch ms. */
  readonly first: number;
  /** In which of these stretches another filter was counted than those whose grids are given. */
  countedElsewhere(spans: readonly Window[]): Promise<readonly Window[]>;
}

const TEXT = 'No filter was counted';

/** Stretches in which no filter at all was counted, though some was before and after. */
export async function outagesIn(grids: readonly Grid[], marked: MarkSpan): Promise<readonly Mark[]> {
  const step = grids[0]?.step;
  if (step === undefined) return [];
  const { span, until, first } = marked;
  const steps = stepsOf(step, { start: span.start, end: Math.min(span.end, until) });
  const empty = steps.filter(({ start, end }) => start > first && grids.every((grid) => grid.sum(start, end) === null));
  if (empty.length === 0) return [];
  const known = new Set((await marked.countedElsewhere(empty)).map(({ start }) => start));
  const end = steps.at(-1)!.end;
  return joined(empty.filter(({ start }) => !known.has(start)))
    .filter((stretch) => stretch.end < end)
    .map((stretch) => ({ kind: 'outage', ...stretch, text: TEXT }));
}

/** Releases of these filters, or of their teams, that were under way in the span. */
export async function deploysIn(
  filters: readonly Pick<Filter, 'name' | 'team'>[],
  { start, end }: Window,
  outbox: Pick<Outbox, 'deploys'>,
): Promise<readonly Mark[]> {
  const [names, teams] = [filters.map(({ name }) => name), filters.map(({ team }) => team)];
  const found = await outbox.deploys(start);
  return found
    .filter(({ since, what }) => since < end && (what.kind === 'team' ? teams : names).includes(what.name))
    .map(({ since, until, release, what }) => {
      const text = what.kind === 'team' ? `${release}, team ${what.name}` : release;
      return { kind: 'deploy', start: since, end: until, text };
    });
}

function stepsOf(step: number, { start, end }: Window): readonly Window[] {
  return Array.from({ length: Math.ceil((end - start) / step) }, (_, index) => ({
    start: start + index * step,
    end: start + (index + 1) * step,
  }));
}

function joined(steps: readonly Window[]): readonly Window[] {
  const stretches: Window[] = [];
  for (const step of steps) {
    const last = stretches.at(-1);
    if (last?.end === step.start) stretches[stretches.length - 1] = { start: last.start, end: step.end };
    else stretches.push(step);
  }
  return stretches;
}
