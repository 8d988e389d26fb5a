import { issueUrl, listUrl } from '../api/links.ts';

/** Pages for people on a server without a page for a search of events. */
export interface PeopleLinks {
  issue(issueId: string): string;
  /** The issues of these projects. */
  list(projectIds: readonly string[], environments: readonly string[]): string;
}

export function peopleLinks(web: string, org: string, isGlitchTip: boolean): PeopleLinks {
  return isGlitchTip ? glitchTipLinks(`${web}/${encodeURIComponent(org)}/issues`) : sentryLinks(web, org);
}

function sentryLinks(web: string, org: string): PeopleLinks {
  return {
    issue: (issueId) => issueUrl(web, org, issueId),
    list: (projectIds, environments) => listUrl(web, org, projectIds, environments),
  };
}

/** By GlitchTip's own pages (5.1): its permalinks lead to a list, and Sentry's addresses to nothing. */
function glitchTipLinks(base: string): PeopleLinks {
  return {
    issue: (issueId) => `${base}/${encodeURIComponent(issueId)}`,
    list: (projectIds, environments) => {
      const pairs: [string, string][] = [
        ...projectIds.map((id): [string, string] => ['project', id]),
        ...environments.map((name): [string, string] => ['environment', name]),
      ];
      return `${base}?${new URLSearchParams(pairs).toString()}`;
    },
  };
}
