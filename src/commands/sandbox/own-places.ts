import type { OwnProject } from '../../../sandbox/index.ts';
import { filtersAt } from '../../app/vet.ts';
import type { World } from '../../app/world.ts';
import type { Filter } from '../../core/model/filter.ts';

/** What a filters file lets exist. */
export interface OwnPlaces {
  readonly projects: readonly OwnProject[];
  readonly environments: readonly string[];
  /** With file and line; with any the others are not to be used. */
  readonly faults: readonly string[];
}

/** `path`: a filters file, or a folder of them. */
export function placesIn(path: string, disk: World['disk']): OwnPlaces {
  const { filters, faults } = filtersAt(path, disk);
  const slugs = [...new Set(filters.flatMap(({ projects }) => projects))];
  return {
    projects: slugs.map((slug) => projectOf(slug, filters)),
    environments: [...new Set(filters.flatMap(({ environments }) => environments))],
    faults: faults.map(({ where, text }) => `${where}: ${text}`),
  };
}

function projectOf(slug: string, filters: readonly Filter[]): OwnProject {
  const mine = filters.filter(({ projects }) => projects.includes(slug));
  return {
    slug,
    words: [...new Set(mine.flatMap(({ searchTerms }) => searchTerms))],
    tags: [...new Set(mine.flatMap(({ tags }) => tags))],
  };
}
