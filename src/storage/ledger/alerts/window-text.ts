import * as z from 'zod/mini';
import type { IssueFacts } from '../../../core/model/alerting/facts.ts';
import { jsonIn, parse } from '../codec.ts';

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

/** Each issue of a window's text with its counts alone, and whether it surged: of some ten thousand windows. */
export function eachCount(
  text: string,
  count: (id: string, events: number, users: number, surged: boolean) => void,
): void {
  const read = jsonIn(text) as { readonly issues?: unknown } | null | undefined;
  if (!Array.isArray(read?.issues))
    throw new Error('the ledger holds issues of a window that this program did not write');
  for (const issue of read.issues as readonly unknown[][]) {
    const id = issue[0];
    const events = issue[2];
    const users = issue[3];
    const flags = issue[4];
    if (typeof id !== 'string' || typeof events !== 'number' || typeof users !== 'number' || typeof flags !== 'number')
      throw new Error('the ledger holds issues of a window that this program did not write');
    count(id, events, users, (flags & FLAG.trending) !== 0);
  }
}

function flagsOf({ title, firstSeen, isNew, isBack, trending }: IssueFacts): number {
  const set: Readonly<Record<keyof typeof FLAG, boolean>> = {
    hasDetails: title !== null,
    hasFirstSeen: firstSeen !== null,
    knowsNew: isNew !== null,
    isNew: isNew === true,
    knowsBack: isBack !== null,
    isBack: isBack === true,
    trending,
  };
  return Object.entries(set).reduce((sum, [name, isSet]) => sum + (isSet ? FLAG[name as keyof typeof FLAG] : 0), 0);
}
