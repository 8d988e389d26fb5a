import type { Complaint } from '../../../config/filters/complaint.ts';
import type { Filter } from '../../../core/model/filter.ts';
import { clean } from './samples.ts';

/** Names that would become one metric. */
export function vet(filters: readonly Filter[]): readonly Complaint[] {
  const taken = new Map<string, string>();
  return filters.flatMap((filter) =>
    filter.projects.flatMap((project): Complaint[] => {
      const metric = `${clean(filter.name)} ${clean(project)}`;
      const other = taken.get(metric);
      taken.set(metric, `${project} of ${filter.name}`);
      if (other === undefined) return [];
      const text =
        `${project} and ${other} would become one in Anodot (${clean(project)}); ` +
        'leave one out, or send this filter elsewhere with sinks';
      return [{ filter: filter.name, key: 'projects', text }];
    }),
  );
}
