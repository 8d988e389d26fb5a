import type { Complaint, Judgement } from '../../../../config/filters/complaint.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { readSearch } from './read-search.ts';
import { refusalOf } from './refusals.ts';
import { warningsOf } from './warnings.ts';

/** What can be said of filters without asking Sentry. */
export function judge(filters: readonly Filter[]): Judgement {
  const faults: Complaint[] = [];
  const warnings: Complaint[] = [];
  for (const { name: filter, query, projects } of filters) {
    if (query === undefined) continue;
    const search = readSearch(query);
    const refusal = refusalOf(search, projects);
    if (refusal !== undefined) faults.push({ filter, key: 'query', text: refusal });
    else warnings.push(...warningsOf(search.nodes, projects).map((text) => ({ filter, key: 'query' as const, text })));
  }
  return { faults, warnings };
}
