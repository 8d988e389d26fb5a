import type { Filter } from '../../../core/model/filter.ts';
import { EVENTS } from '../../../core/ports/events/intake.ts';
import type { Complaint } from '../complaint.ts';
import type { FilterSet } from '../load.ts';

type Names = Pick<Filter, 'name' | 'projects' | 'source'>;

/** Names of the intakes that files set up; `lost`: of files with faults. */
export interface IntakeNames {
  readonly all: ReadonlySet<string>;
  readonly lost: ReadonlySet<string>;
}

export function intakesIn({ parts, lostParts }: Pick<FilterSet, 'parts' | 'lostParts'>): IntakeNames {
  const namesOf = (some: FilterSet['parts']): readonly string[] =>
    some.filter(({ section }) => section === 'intakes').map(({ name }) => name);
  const lost = new Set(namesOf(lostParts));
  return { all: new Set([...namesOf(parts), ...lost]), lost };
}

/** The filter with its source: one that names intakes reads events, whatever a Sentry calls a project. */
export function withSource<F extends Names>(filter: F, { all }: IntakeNames): F {
  const isOfIntakes = filter.source === undefined && filter.projects.some((project) => all.has(project));
  return isOfIntakes ? { ...filter, source: EVENTS } : filter;
}

/** Filters that mix projects of two kinds; and those whose intake cannot be used now, which are left out alone. */
export function judgeIntakes(
  filters: readonly Names[],
  { all, lost }: IntakeNames,
): { readonly complaints: readonly Complaint[]; readonly losses: readonly Complaint[] } {
  const [complaints, losses]: [Complaint[], Complaint[]] = [[], []];
  for (const filter of filters) {
    if (withSource(filter, { all, lost }).source !== EVENTS) continue;
    const { name, projects } = filter;
    const others = projects.filter((project) => !all.has(project));
    const broken = projects.filter((project) => lost.has(project));
    if (others.length > 0) complaints.push({ filter: name, key: 'projects', text: mixed(projects, others) });
    else if (broken.length > 0)
      losses.push({
        filter: name,
        key: 'projects',
        text: `the intake ${broken[0]!} is set up in a file with faults; ${name} is left out until that is mended`,
      });
  }
  return { complaints, losses };
}

function mixed(projects: readonly string[], others: readonly string[]): string {
  const intakes = projects.filter((project) => !others.includes(project));
  if (intakes.length === 0) return `${others[0]!} is no intake; set it up under intakes:, or leave out source`;
  return (
    `${intakes.join(', ')} is an intake and ${others.join(', ')} is none; ` +
    'a filter reads projects of one kind: make two filters of it'
  );
}
