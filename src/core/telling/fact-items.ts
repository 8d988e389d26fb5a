import type { IssueFacts, WindowFacts } from '../model/alerting/facts.ts';
import type { Item, JsonObject } from '../model/item.ts';

/** The form in which facts are kept. What another version kept is not read, but for the one before. */
const HEAD = 'facts:2';
const HEAD_BEFORE = 'facts:1';

/** What a report says of an issue, in the order that is kept; the id is the item's key. Null in the end: not known. */
type Values = readonly [
  project: IssueFacts['project'],
  events: IssueFacts['events'],
  users: IssueFacts['users'],
  title: IssueFacts['title'],
  culprit: IssueFacts['culprit'],
  level: IssueFacts['level'],
  firstSeen: IssueFacts['firstSeen'],
  url: IssueFacts['url'],
  isNew: IssueFacts['isNew'],
  isBack: IssueFacts['isBack'],
  trending: IssueFacts['trending'],
  score: IssueFacts['score'],
  expected: IssueFacts['expected'],
  status: NonNullable<IssueFacts['status']> | null,
];

/**
 * Facts as they wait under a claim: all but the issues first, then an item for each of them. NOTE: a run keeps those of
 * all filters; without names it is a third of the work, and half of the bytes.
 */
export function factItems({ issues, ...head }: WindowFacts): readonly Item[] {
  return [
    { key: HEAD, body: { ...head } as unknown as JsonObject },
    ...issues.map((issue) => ({ key: issue.id, body: { values: valuesOf(issue) } })),
  ];
}

/** Null: another version kept them, or nobody did. */
export function factsIn(items: readonly Item[]): WindowFacts | null {
  const [head, ...issues] = items;
  if (head?.key !== HEAD && head?.key !== HEAD_BEFORE) return null;
  const facts = head.body as unknown as Omit<WindowFacts, 'issues'>;
  return { ...facts, issues: issues.map(head.key === HEAD ? issueIn : ({ body }) => body as unknown as IssueFacts) };
}

function valuesOf(it: IssueFacts): Values {
  const { project, events, users, title, culprit, level, firstSeen, url, isNew, isBack, trending, score, expected } =
    it;
  const seen = [project, events, users, title, culprit, level, firstSeen, url, isNew, isBack, trending] as const;
  return [...seen, score, expected, it.status ?? null];
}

function issueIn({ key: id, body }: Item): IssueFacts {
  const [project, events, users, title, culprit, level, firstSeen, url, isNew, isBack, trending, ...rest] = body[
    'values'
  ] as unknown as Values;
  const [score, expected, status] = rest;
  const seen = { id, project, events, users, title, culprit, level, firstSeen, url, isNew, isBack, trending };
  return { ...seen, score, expected, ...(status === null ? {} : { status }) };
}
