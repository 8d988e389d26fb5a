import * as z from 'zod/mini';
import type { IssueFacts } from '../../../core/model/alerting/facts.ts';
import { parse } from '../codec.ts';

/** An issue of a window without what is known of it in all windows alike. */
export type IssueCount = Pick<
  IssueFacts,
  'id' | 'project' | 'events' | 'users' | 'isNew' | 'isBack' | 'trending' | 'score' | 'expected'
> & {
  /** Title, culprit and level were known. */
  readonly hasDetails: boolean;
  readonly hasFirstSeen: boolean;
};

/** What is yes or no, as one number. */
const FLAG = {
  hasDetails: 1,
  hasFirstSeen: 2,
  knowsNew: 4,
  isNew: 8,
  knowsBack: 16,
  isBack: 32,
  trending: 64,
} as const;

/** Id, place of its project, events, users, flags, score and expected. */
const Packed = z.tuple([
  z.string(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.nullable(z.number()),
  z.nullable(z.number()),
]);
const WindowText = z.object({ projects: z.array(z.string()), issues: z.array(Packed) });

/** Some forty bytes an issue: each window of two days has a row, and a window may have thousands. */
export function windowText(issues: readonly IssueFacts[]): string {
  const projects = [...new Set(issues.map(({ project }) => project))];
  const places = new Map(projects.map((project, index) => [project, index]));
  const packed = issues.map((issue) => [
    issue.id,
    places.get(issue.project)!,
    issue.events,
    issue.users,
    flagsOf(issue),
    issue.score,
    issue.expected,
  ]);
  return JSON.stringify({ projects, issues: packed });
}

export function issuesIn(text: string): readonly IssueCount[] {
  const { projects, issues } = parse(WindowText, text, 'issues of a window');
  return issues.map(([id, place, events, users, flags, score, expected]) => {
    const has = (flag: keyof typeof FLAG): boolean => (flags & FLAG[flag]) !== 0;
    return {
      id,
      project: projects[place] ?? '',
      events,
      users,
      isNew: has('knowsNew') ? has('isNew') : null,
      isBack: has('knowsBack') ? has('isBack') : null,
      trending: has('trending'),
      score,
      expected,
      hasDetails: has('hasDetails'),
      hasFirstSeen: has('hasFirstSeen'),
    };
  });
}

/** Whether it surged. */
export function hasSurged(flags: number): boolean {
  return (flags & FLAG.trending) !== 0;
}

function flagsOf({ title, firstSeen, isNew, isBack, trending }: IssueFacts): number {
  return (
    (title === null ? 0 : FLAG.hasDetails) |
    (firstSeen === null ? 0 : FLAG.hasFirstSeen) |
    (isNew === null ? 0 : FLAG.knowsNew) |
    (isNew === true ? FLAG.isNew : 0) |
    (isBack === null ? 0 : FLAG.knowsBack) |
    (isBack === true ? FLAG.isBack : 0) |
    (trending ? FLAG.trending : 0)
  );
}
