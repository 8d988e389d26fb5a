import type { Issue, IssueInput, Project, SandboxEvent, Story } from '../types.ts';
import { type ArrivalsOf, withHistory } from './history.ts';

/** Issues that were added, and those of the story behind them. */
export type IssueBook = {
  /** Also deleted and merged ones. */
  get(id: string, now: number): Issue | undefined;
  byShortId(shortId: string, now: number): Issue | undefined;
  /** Those that were added, or changed. */
  ownIds(): Iterable<string>;
  add(input: IssueInput, project: Project): Issue;
  /** Makes the issue of an event when there is none yet. */
  ensure(id: string, event: SandboxEvent, project: Project): void;
  patch(id: string, change: Partial<Issue>, now: number): Issue;
  /** The id under which an event's issue is found today: its own, or that it was merged into. */
  current(id: string): string;
  /** The ids whose events are found under this one: itself and those merged into it. */
  aliases(id: string): ReadonlySet<string>;
  clear(): void;
};

const FIRST_ID = 6_500_000_000;

export function createIssueBook(story: () => Story | undefined, arrivals: ArrivalsOf): IssueBook {
  const own = new Map<string, Issue>();
  const merged = new Map<string, string>();
  const shortIds = createShortIds();
  const aliases = (id: string): ReadonlySet<string> => new Set([id, ...intoOf(merged, id)]);
  const lived = (issue: Issue | undefined, now: number): Issue | undefined =>
    issue && withHistory(issue, now, () => arrivals(aliases(issue.id), now));
  const get = (id: string, now: number): Issue | undefined => lived(own.get(id) ?? story()?.issue(id, now), now);
  const add = (input: IssueInput, project: Project): Issue => {
    const id = String(input.id ?? FIRST_ID + own.size + 1);
    const issue = issueOf(input, id, project, input.shortId ?? shortIds.next(project));
    own.set(id, issue);
    return issue;
  };
  return {
    get,
    add,
    byShortId: (shortId, now) =>
      lived([...own.values()].find((issue) => issue.shortId === shortId) ?? story()?.issueByShortId(shortId, now), now),
    ownIds: () => own.keys(),
    ensure: (id, event, project) => {
      if (own.has(id) || story()?.issue(id, event.at) !== undefined) return;
      add({ ...eventFacts(event), id, project: project.slug }, project);
    },
    patch: (id, change, now) => {
      const before = get(id, now);
      if (before === undefined) throw new Error(`no such issue: ${id}`);
      const after = { ...before, ...change };
      own.set(id, after);
      if (change.mergedInto !== undefined) merged.set(id, change.mergedInto);
      return after;
    },
    current: (id) => merged.get(id) ?? id,
    aliases,
    clear: () => {
      for (const book of [own, merged, shortIds]) book.clear();
    },
  };
}

function intoOf(merged: ReadonlyMap<string, string>, id: string): readonly string[] {
  return [...merged].filter(([, into]) => into === id).map(([from]) => from);
}

/** Counts the issues of each project. */
function createShortIds(): { next(project: Project): string; clear(): void } {
  const counters = new Map<string, number>();
  return {
    next: ({ id, slug }) => {
      const next = (counters.get(id) ?? 0) + 1;
      counters.set(id, next);
      return shortIdOf(slug, next);
    },
    clear: () => {
      counters.clear();
    },
  };
}

function issueOf(input: IssueInput, id: string, project: Project, shortId: string): Issue {
  const { project: _slug, ...given } = input;
  return {
    title: 'Error: something failed',
    culprit: null,
    level: 'error',
    type: 'error',
    category: 'error',
    platform: project.platform,
    metadata: {},
    status: 'unresolved',
    substatus: 'ongoing',
    priority: 'medium',
    assignedTo: null,
    isUnhandled: true,
    olderEvents: 0,
    deleted: false,
    activity: [],
    ...given,
    id,
    projectId: project.id,
    shortId,
  };
}

function eventFacts(event: SandboxEvent): Partial<Issue> {
  return {
    title: event.title,
    culprit: event.culprit,
    level: event.level ?? 'error',
    platform: event.platform,
    metadata: { ...event.metadata },
    isUnhandled: !event.handled,
    type: event.type,
  };
}

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `WEB-1A`: the project's slug in capitals and a counter in Crockford's base 32. */
export function shortIdOf(slug: string, counter: number): string {
  let digits = '';
  for (let rest = counter; rest > 0; rest = Math.floor(rest / 32)) digits = (BASE32[rest % 32] ?? '') + digits;
  return `${slug.toUpperCase()}-${digits}`;
}
