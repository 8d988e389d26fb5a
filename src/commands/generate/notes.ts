import type { Filter } from '../../core/model/filter.ts';
import { costs } from '../../integrations/sinks/index.ts';
import { number } from '../../platform/numbers.ts';
import { planRecords } from '../plan/estimate/index.ts';
import { ASSUMED, type RecordsInput } from '../plan/estimate/types.ts';

/**
 * What stands at the top of all that is generated: how much there is, and what a plan says that it costs at the sink's
 * vendor. `others`: filters that are not sent to this sink.
 */
export function notesOn(
  filters: readonly Filter[],
  sink: { readonly name: string; readonly vendor: string } | undefined,
  others: readonly Filter[],
): readonly string[] {
  const teams = new Set(filters.flatMap(({ team }) => team ?? [])).size;
  const projects = new Set(filters.flatMap((filter) => filter.projects)).size;
  return [
    `${filters.length} filters, ${teams} teams, ${projects} projects.`,
    ...(sink === undefined ? [] : planned(filters, sink.vendor)),
    ...(others.length === 0
      ? []
      : [`Left out, because they are not sent to ${sink?.name ?? 'it'}: ${namesOf(others)}.`]),
  ];
}

/** Names that are written out. */
const NAMED = 20;

function namesOf(filters: readonly Filter[]): string {
  const names = filters.slice(0, NAMED).map(({ name }) => name);
  const more = filters.length - names.length;
  return [...names, ...(more === 0 ? [] : [`and ${more} more`])].join(', ');
}

/** The same on every machine: neither settings nor the source are asked. */
const EVERYWHERE: Pick<RecordsInput, 'sourceCost' | 'assumptions'> = {
  sourceCost: { org: 'organization', maxRows: 1000 },
  assumptions: ASSUMED,
};

function planned(filters: readonly Filter[], sink: string): readonly string[] {
  const cost = costs[sink];
  if (cost === undefined) return [];
  const sinks = [{ name: sink, encode: cost.encode }];
  const { vendors } = planRecords({ ...EVERYWHERE, filters, sinks, sinkCosts: { [sink]: cost } });
  return vendors.flatMap(({ day }) =>
    day === null
      ? []
      : [
          `Planned: ${day.note}, at ${number(ASSUMED.issues)} issues a filter and window; ` +
            'the command plan says more.',
        ],
  );
}
