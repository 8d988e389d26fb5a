import type { Complaint } from '../../../../config/filters/complaint.ts';
import type { Filter } from '../../../../core/model/filter.ts';

/** Names that no Sentry has, though a GlitchTip may: slugs of digits, and environments with a slash. */
export function notSentryNames(filters: readonly Filter[]): readonly Complaint[] {
  return filters.flatMap(({ name, projects, environments }) => [
    ...projects
      .filter(isNumber)
      .map((slug): Complaint => ({
        filter: name,
        key: 'projects',
        text: `"${slug}" is a number; write the project's slug, as in the address of its page`,
      })),
    ...environments
      .filter(hasSlash)
      .map((it): Complaint => ({
        filter: name,
        key: 'environments',
        text: `"${it}" has a slash, which no environment of Sentry has; write the name that Sentry shows`,
      })),
  ]);
}

function isNumber(slug: string): boolean {
  return /^\d+$/.test(slug);
}

function hasSlash(environment: string): boolean {
  return environment.includes('/');
}
