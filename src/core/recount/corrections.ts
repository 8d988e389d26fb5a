import { toldApart } from '../delivery/told-apart.ts';
import type { Correction } from '../model/aftermath.ts';
import type { Filter } from '../model/filter.ts';
import { partsOf, PERIOD_MS } from '../model/window.ts';
import { ALERTS } from '../ports/alerting/decider.ts';
import type { KnownCounts, Recounts } from '../ports/recounts.ts';
import { changes, eventsIn } from './compare-counts.ts';
import type { Changed } from './count-again.ts';
import type { SentCorrection } from './send-corrections.ts';

/** What a recount came to, by report and revision (see `nameOf`). */
export interface Book {
  readonly changed: Map<string, Changed>;
  readonly sent: Map<string, SentCorrection[]>;
}

export function nameOf(reportId: string, revision: number): string {
  return JSON.stringify([reportId, revision]);
}

type Count = Omit<Correction, 'sinks'>;

/** One per window that changed or of which a sink was told, in this run. */
export async function correctionsOf(
  { changed, sent }: Book,
  recounts: Recounts,
  filters: readonly Filter[],
): Promise<readonly Correction[]> {
  const strangers = [...sent.values()]
    .flat()
    .map(({ key }) => key)
    .filter(({ reportId, revision, sink }) => sink !== ALERTS && !changed.has(nameOf(reportId, revision)));
  const known = await recounts.look(
    strangers.flatMap(({ reportId }) =>
      filters.filter(({ name }) => name === partsOf(reportId)?.filter).map((filter) => ({ reportId, filter })),
    ),
  );
  const all = new Map<string, Count>([...changed].map(([name, it]) => [name, countOf(it)]));
  for (const { reportId: id, revision } of strangers)
    all.set(nameOf(id, revision), keptCount(id, revision, known.get(id)?.counts ?? []));
  return [...all]
    .map(([name, it]) => ({ ...it, ...sinksOf(sent.get(name) ?? []) }))
    .sort((a, b) => a.window.start - b.window.start || a.revision - b.revision || (a.filter < b.filter ? -1 : 1));
}

function sinksOf(sent: readonly SentCorrection[]): Pick<Correction, 'sinks'> {
  const { sinks } = toldApart(sent.map(({ key, receipt }) => [key.sink, receipt]));
  return { sinks };
}

function countOf({ due, revision, from, to, projects }: Changed): Count {
  return { id: due.reportId, filter: due.filter, window: due.window, revision, from, to, projects };
}

/** Of a window that an earlier run counted again, and this one told of. */
function keptCount(id: string, revision: number, counts: KnownCounts['counts']): Count {
  const { filter, start } = partsOf(id)!;
  const now = counts.find((it) => it.revision === revision)?.totals ?? [];
  const before = counts.findLast((it) => it.revision < revision)?.totals ?? [];
  return {
    id,
    filter,
    window: { start, end: start + PERIOD_MS },
    revision,
    from: eventsIn(before),
    to: eventsIn(now),
    projects: changes(before, now),
  };
}
