import { limitsOf } from '../../../../core/model/alerting/limits.ts';
import type { Rule } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import { DAY_MS, PERIOD_MS } from '../../../../core/model/window.ts';

/** Longest that New Relic watches a value, and that it waits for a signal. */
const MOST_WATCHED_MS = DAY_MS;
const MOST_MISSING_MS = 2 * DAY_MS;

/** Why a rule can be judged by the service alone; undefined: New Relic can as well. */
export function onlyHere({ projects }: Pick<Filter, 'projects'>, rule: Rule): string | undefined {
  const { condition, each } = rule;
  const lastsMs = limitsOf(rule).hold * PERIOD_MS;
  switch (condition.kind) {
    case 'events':
      return condition.spanMs > PERIOD_MS
        ? 'it adds windows up, and there a window that two servers send would count twice'
        : undefined;
    case 'users':
      if (condition.spanMs > PERIOD_MS)
        return 'users of several windows cannot be added up, and a record has those of one';
      return each === 'filter' && projects.length > 1
        ? 'users of several projects cannot be added up, and a record has those of one'
        : undefined;
    case 'top':
      return 'it ranks the issues of whole days, and New Relic judges one window after the other';
    case 'unticketed':
      return 'New Relic knows nothing of tickets';
    case 'title':
      return 'its text counts in letters of any case, LIKE of New Relic tells them apart, and records cut long titles';
    case 'none':
      return lastsMs > MOST_WATCHED_MS ? 'New Relic watches a value for a day at most' : undefined;
    case 'incomplete':
      return lastsMs > MOST_MISSING_MS ? 'New Relic waits for a signal for two days at most' : undefined;
    default:
      return undefined;
  }
}
