import type { Answer, VendorRequest } from '../../http/message.ts';
import type { State } from '../../world/state.ts';
import { badRequest } from '../errors.ts';
import { openProject } from '../projects.ts';
import type { Target } from '../target.ts';

type IssueList = (state: State, request: VendorRequest) => Answer;

/** GET projects/{org}/{proj}/issues/: one project's, without dates; `statsPeriod` is for timelines only. */
export function projectIssues(list: IssueList): (state: State, request: VendorRequest, target: Target) => Answer {
  return (state, request, { key }) => {
    const project = openProject(state, request, key);
    const period = request.query.get('statsPeriod') ?? '24h';
    if (!['', '24h', '14d'].includes(period))
      throw badRequest("Invalid stats_period. Valid choices are '', '24h', and '14d'");
    const query = new URLSearchParams(request.query);
    for (const name of ['start', 'end', 'statsPeriod', 'group', 'environment', 'collapse', 'expand'])
      query.delete(name);
    query.set('groupStatsPeriod', period);
    query.set('project', project.id);
    return list(state, { ...request, query });
  };
}
