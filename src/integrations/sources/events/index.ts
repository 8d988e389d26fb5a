import { BASELINES_SETTING, MAX_ROWS_SETTING } from '../../../config/reading-settings.ts';
import type { Complaint } from '../../../config/complaint.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { BaselineName } from '../../../core/model/reading.ts';
import type { Source } from '../../../core/ports/source.ts';
import { plugin, type Plugin } from '../../plugin.ts';
import { NO_QUERY } from './read-filter.ts';
import { createSource } from './source.ts';

interface Settings {
  readonly maxRows: number;
  readonly baselines: readonly (BaselineName | 'off')[];
}

const made = plugin<Source, Settings>({
  settings: { maxRows: MAX_ROWS_SETTING, baselines: BASELINES_SETTING },
  wantedBy: [],
  create({ maxRows, baselines }, deps, name) {
    if (deps.intakes === undefined) throw new Error(`${name}: there is no event store`);
    const past = baselines.filter((it) => it !== 'off');
    return createSource({ ...deps.intakes, name, maxRows, baselines: past, now: deps.now });
  },
  vet,
  listeners: (_source, { intakes }) => (intakes === undefined ? [] : [intakes.listener]),
});

/**
 * Events that intakes brought into the ledger. It is there where there are intakes; its variables are those of every
 * source, and listed with another.
 */
export const events: Plugin<Source> = { ...made, variables: [] };

function vet(filters: readonly Filter[]): readonly Complaint[] {
  return filters
    .filter(({ query }) => query !== undefined)
    .map(({ name }) => ({ filter: name, key: 'query', text: NO_QUERY }));
}
